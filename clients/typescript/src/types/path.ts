import type { KeysOf, Leaf } from './document.ts';

/**
 * Dotted paths of a type, as one union of strings. Invariants:
 * 1. A path stops after `Levels` names, so recursive types end.
 * 2. What is below `unknown` or an index signature may have any path.
 * 3. The type at a path is worked out when the path is used, never for all paths beforehand.
 * 4. A step that is a pattern (an index, `$[name]`) is followed exactly to the fields of the elements, and below these by any path.
 *    Inside of an element a further pattern is followed by any path too: the compiler tries each pattern for each key, so
 *    thousands of them would make it slow.
 */

type Index = `.${bigint}`;
type NamedElements = `.$[${string}]`;

/** How paths go through arrays: `whole` steps lead to all that is below, `patterns` to the fields of the elements; `inArray`: no further. */
type Steps = { readonly whole: string; readonly patterns: string; readonly inArray: boolean };
type ReadSteps = { readonly whole: ''; readonly patterns: Index; readonly inArray: false };
type ProjectionSteps = { readonly whole: ''; readonly patterns: never; readonly inArray: false };
type UpdateSteps = { readonly whole: '.$' | '.$[]'; readonly patterns: Index | NamedElements; readonly inArray: false };
type InArray<S extends Steps> = { readonly whole: S['whole']; readonly patterns: never; readonly inArray: true };

/** From an element on, through any fields, by a pattern, and on from there. */
type AnyPattern<S extends Steps> = S['inArray'] extends true
  ? never
  : `.${string}${S['patterns']}` | `.${string}${S['patterns']}.${string}`;

/** The levels that are left, counted down. */
type Fewer = [never, 0, 1, 2, 3, 4];
type Levels = 5;

/** Paths that a filter or a sort names: arrays are passed through, or entered by an index. */
export type ReadPath<T> = PathOf<T, ReadSteps, Levels>;

/** Paths that a projection names: arrays are passed through. */
export type ProjectionPath<T> = PathOf<T, ProjectionSteps, Levels>;

/** Paths that an update names: arrays are entered by an index, `$`, `$[]` or `$[name]`. The `_id` of a document never changes. */
export type UpdatePath<T> = PathOf<T, UpdateSteps, Levels, '_id'>;

type PathOf<T, S extends Steps, Left extends number, Without = never> = unknown extends T
  ? string
  : T extends Leaf | readonly unknown[]
    ? never
    : string extends keyof T
      ? string
      : { [K in FieldOf<T, Without>]-?: K | Below<K, T[K], S, Left> }[FieldOf<T, Without>];

type FieldOf<T, Without> = Exclude<keyof T & string, Without>;

type Below<K extends string, V, S extends Steps, Left extends number> = Left extends 0
  ? never
  : unknown extends V
    ? `${K}.${string}`
    : V extends Leaf
      ? never
      : V extends readonly (infer E)[]
        ? ElementPath<K, E, S, Left>
        : `${K}.${PathOf<V, S, Fewer[Left]>}`;

/** The element itself (`tags.0`), and what is below it (`reviews.stars`, `reviews.0.stars`). */
type ElementPath<K extends string, E, S extends Steps, Left extends number> =
  | `${K}${Exclude<S['whole'], ''> | S['patterns']}`
  | (E extends Leaf
      ? never
      : E extends readonly (infer Inner)[]
        ? ElementPath<`${K}${S['whole'] | S['patterns']}`, Inner, S, Fewer[Left]>
        :
            | `${K}${S['whole']}.${PathOf<E, InArray<S>, Fewer[Left]>}`
            | `${K}${S['whole']}${AnyPattern<S>}`
            | FieldPath<`${K}${S['patterns']}`, E>);

/** The fields of an element that a pattern leads to, exactly, and what is below them. */
type FieldPath<Prefix extends string, E> = [Prefix] extends [never]
  ? never
  : unknown extends E
    ? `${Prefix}.${string}`
    : string extends keyof E
      ? `${Prefix}.${string}`
      : { [F in keyof E & string]-?: `${Prefix}.${F}` | (E[F] extends Leaf ? never : `${Prefix}.${F}.${string}`) }[keyof E &
          string];

/** The type of what stands at a path. Through an array it is the type of the elements; a missing branch of a union adds nothing. */
export type At<T, P extends string> = unknown extends T
  ? unknown
  : string extends P
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
              : string extends K | keyof T
                ? unknown
                : never
            : string extends keyof T
              ? T[keyof T]
              : never;

type IndexName = `${bigint}` | '$' | `$[${string}]`;

type AtElement<E, P extends string> = P extends IndexName
  ? E
  : P extends `${infer First}.${infer Rest}`
    ? First extends IndexName
      ? At<E, Rest>
      : At<E, P>
    : At<E, P>;
