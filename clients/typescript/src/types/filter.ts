import type { TypeName } from '@aerolithdb/protocol';
import type { Stored } from './document.ts';
import type { GeoOperators } from './geo.ts';
import type { At, ReadPath } from './path.ts';

/**
 * Which documents: values or operators by dotted path, and `$and`, `$or`, `$nor` of whole filters.
 *
 * @example
 * import type { Filter } from '@aerolithdb/client';
 * type City = { name: string; population: number; tags: string[] };
 * const large: Filter<City> = { population: { $gte: 1_000_000 }, tags: 'port', $or: [{ name: /^A/ }, { name: 'Oslo' }] };
 */
export type Filter<T> = FieldFilter<Stored<T>> & {
  readonly $and?: readonly Filter<T>[];
  readonly $or?: readonly Filter<T>[];
  readonly $nor?: readonly Filter<T>[];
  readonly $text?: TextSearch;
};

/** Words for the text index of the collection: one is enough, each `"phrase"` is needed, a `-word` must not be there. */
export type TextSearch = {
  readonly $search: string;
  readonly $language?: string;
  readonly $caseSensitive?: boolean;
  readonly $diacriticSensitive?: boolean;
  /** Finds misspelt words too. */
  readonly $fuzzy?: boolean | { readonly maxEdits?: 1 | 2; readonly prefixLength?: number; readonly maxExpansions?: number };
};

type FieldFilter<T> = { readonly [P in ReadPath<T>]?: Condition<At<T, P>> };

/** What may be asked of a value of type `V`: the value itself, an element of it when it is an array, or operators. */
export type Condition<V> = unknown extends V ? unknown : Comparable<V> | Operators<V>;

/** A missing field counts as null. */
type Missing<V> = undefined extends V ? null : never;

type Element<V> = V extends readonly (infer E)[] ? E : never;

/** Numbers of all kinds compare with one another, and a text with a pattern. */
type Widened<V> = V extends number | bigint ? number | bigint : V;

type Pattern<V> = Extract<V | Element<V>, string> extends never ? never : RegExp;

type Comparable<V> = Widened<Exclude<V, undefined> | Element<V>> | Missing<V> | Pattern<V>;

type Plain<V> = Widened<Exclude<V, undefined> | Element<V>> | Missing<V>;

type TypeAlias = TypeName | 'number';

export type Operators<V> = {
  readonly $eq?: Plain<V>;
  readonly $ne?: Plain<V>;
  readonly $gt?: Plain<V>;
  readonly $gte?: Plain<V>;
  readonly $lt?: Plain<V>;
  readonly $lte?: Plain<V>;
  readonly $in?: readonly Comparable<V>[];
  readonly $nin?: readonly Comparable<V>[];
  readonly $not?: Operators<V> | Pattern<V>;
  readonly $exists?: boolean;
  readonly $type?: TypeAlias | number | readonly (TypeAlias | number)[];
} & TextOperators<V | Element<V>> &
  NumberOperators<V | Element<V>> &
  PlaceOperators<V | Element<V>> &
  ArrayOperators<V>;

type PlaceOperators<V> = Extract<V, object> extends never ? unknown : GeoOperators;

type TextOperators<V> =
  Extract<V, string> extends never ? unknown : { readonly $regex?: string | RegExp; readonly $options?: string };

type NumberOperators<V> =
  Extract<V, number | bigint> extends never ? unknown : { readonly $mod?: readonly [divisor: number, remainder: number] };

type ArrayOperators<V> =
  Extract<V, readonly unknown[]> extends never
    ? unknown
    : {
        readonly $all?: readonly (Comparable<Element<V>> | { readonly $elemMatch: ElementFilter<Element<V>> })[];
        readonly $size?: number;
        readonly $elemMatch?: ElementFilter<Element<V>>;
      };

type ElementFilter<E> = Operators<E> | (E extends object ? FieldFilter<E> : never);
