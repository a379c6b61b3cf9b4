import type { Decimal128, Timestamp } from '@aerolithdb/protocol';
import type { AnyDocument, Stored } from './document.ts';
import type { Condition, Filter } from './filter.ts';
import type { At, ReadPath, UpdatePath } from './path.ts';

/**
 * Update operators by dotted path. `$`, `$[]` and `$[name]` choose elements of arrays.
 *
 * @example
 * import type { Update } from '@aerolithdb/client';
 * type City = { name: string; population: number; tags: string[] };
 * const grown: Update<City> = { $inc: { population: 1 }, $push: { tags: 'new' }, $set: { 'tags.0': 'old' } };
 */
export type Update<T> = {
  readonly $set?: Values<T>;
  readonly $setOnInsert?: Values<T> & { readonly _id?: At<Stored<T>, '_id'> };
  readonly $min?: Values<T>;
  readonly $max?: Values<T>;
  readonly $unset?: { readonly [P in UpdatePath<T>]?: true | 1 | '' };
  readonly $inc?: Of<T, Numeric, number | bigint | Decimal128>;
  readonly $mul?: Of<T, Numeric, number | bigint | Decimal128>;
  readonly $rename?: { readonly [P in UpdatePath<T>]?: string };
  readonly $currentDate?: Of<T, Date | Timestamp, true | { readonly $type: 'date' | 'timestamp' }>;
  readonly $push?: { readonly [P in UpdatePath<T>]?: For<ElementAt<T, P>, Push<ElementAt<T, P>>> };
  readonly $addToSet?: { readonly [P in UpdatePath<T>]?: For<ElementAt<T, P>, OneOrEach<ElementAt<T, P>>> };
  readonly $pull?: { readonly [P in UpdatePath<T>]?: For<ElementAt<T, P>, Pull<ElementAt<T, P>>> };
  readonly $pullAll?: { readonly [P in UpdatePath<T>]?: For<ElementAt<T, P>, readonly ElementAt<T, P>[]> };
  readonly $pop?: Of<T, readonly unknown[], 1 | -1>;
  readonly $bit?: Of<T, number | bigint, { readonly and?: Whole; readonly or?: Whole; readonly xor?: Whole }>;
};

/** An update as a pipeline: `$set`, `$unset`, `$project`, `$replaceWith` and their like, whose expressions see the document as it is. */
export type UpdatePipeline = readonly AnyDocument[];

/** What `$[name]` stands for: each filter is about the fields below one name, such as `{ 'x.stars': { $lt: 3 } }`. */
export type ArrayFilters = readonly AnyDocument[];

type Whole = number | bigint;
type Numeric = number | bigint | Decimal128;

type Values<T> = { readonly [P in UpdatePath<T>]?: Settable<At<T, P>> };

type Settable<V> = unknown extends V ? unknown : Exclude<V, undefined>;

/** Paths whose value may be a `Kind`, each with an operand; any operand is `never` elsewhere. */
type Of<T, Kind, Operand> = { readonly [P in UpdatePath<T>]?: Fits<At<T, P>, Kind, Operand> };

type Fits<V, Kind, Operand> = unknown extends V ? Operand : Extract<V, Kind> extends never ? never : Operand;

/** The elements of an array at a path; never where there is none. */
type ElementAt<T, P extends string> = unknown extends At<T, P> ? unknown : ElementOf<At<T, P>>;
type ElementOf<V> = V extends readonly (infer E)[] ? E : never;

/** An operand for elements of type `E`; never where there are none. */
type For<E, Operand> = [E] extends [never] ? never : Operand;

type OneOrEach<E> = E | { readonly $each: readonly E[] };

type Push<E> =
  | E
  | {
      readonly $each: readonly E[];
      readonly $position?: number;
      readonly $slice?: number;
      readonly $sort?: 1 | -1 | (E extends object ? { readonly [P in ReadPath<E>]?: 1 | -1 } : never);
    };

type Pull<E> = Condition<E> | (E extends object ? Filter<E> : never);
