import type { KeysOf, Leaf } from './document.ts';

/**
 * Dotted paths of a type, as one union of strings. Invariants:
 * 1. A path stops after `Levels` names, so recursive types end.
 * 2. What is below `unknown` or an index signature may have any path.
 * 3. The type at a path is worked out when the path is used, never for all paths beforehand: types of many fields stay cheap.
 */

/** How a path goes through an array: by nothing, an index, or an operator that chooses elements. */
type ReadStep = '' | `.${bigint}`;
type UpdateStep = `.${bigint}` | '.$' | `.$[${string}]`;

/** The levels that are left, counted down. */
type Fewer = [never, 0, 1, 2, 3, 4];
type Levels = 5;

/** Paths that a filter or a sort names: arrays are passed through, or entered by an index. */
export type ReadPath<T> = PathOf<T, ReadStep, Levels>;

/** Paths that a projection names: arrays are passed through. */
export type ProjectionPath<T> = PathOf<T, '', Levels>;

/** Paths that an update names: arrays are entered by an index, `$`, `$[]` or `$[name]`. */
export type UpdatePath<T> = PathOf<T, UpdateStep, Levels>;

type PathOf<T, Step extends string, Left extends number> = unknown extends T
  ? string
  : T extends Leaf
    ? never
    : T extends readonly unknown[]
      ? never
      : string extends keyof T
        ? string
        : { [K in keyof T & string]-?: K | Below<K, T[K], Step, Left> }[keyof T & string];

type Below<K extends string, V, Step extends string, Left extends number> = Left extends 0
  ? never
  : unknown extends V
    ? `${K}.${string}`
    : V extends Leaf
      ? never
      : V extends readonly (infer E)[]
        ? ElementPath<K, E, Step, Left>
        : `${K}.${PathOf<V, Step, Fewer[Left]>}`;

/** The element itself (`tags.0`), and what is below it (`reviews.stars`, `reviews.0.stars`). */
type ElementPath<K extends string, E, Step extends string, Left extends number> =
  | `${K}${Exclude<Step, ''>}`
  | (E extends Leaf
      ? never
      : E extends readonly (infer Inner)[]
        ? ElementPath<`${K}${Step}`, Inner, Step, Fewer[Left]>
        : `${K}${Step}.${PathOf<E, Step, Fewer[Left]>}`);

/** The type of what stands at a path. Through an array it is the type of the elements; a missing branch of a union adds nothing. */
export type At<T, P extends string> = unknown extends T
  ? unknown
  : T extends readonly (infer E)[]
    ? AtElement<E, P>
    : T extends Leaf
      ? never
      : P extends KeysOf<T>
        ? T[P & keyof T]
        : P extends `${infer K}.${infer Rest}`
          ? K extends keyof T
            ? At<T[K], Rest>
            : string extends keyof T
              ? unknown
              : never
          : string extends keyof T
            ? T[keyof T]
            : never;

type IndexName = `${bigint}` | '$' | `$[${string}]`;

type AtElement<E, P extends string> = P extends IndexName
  ? E
  : P extends `${infer Index}.${infer Rest}`
    ? Index extends IndexName
      ? At<E, Rest>
      : At<E, P>
    : At<E, P>;
