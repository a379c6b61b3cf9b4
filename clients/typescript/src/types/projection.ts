import type { AnyDocument, Leaf, Stored } from './document.ts';
import type { ProjectionPath } from './path.ts';

/** Which fields: `{ name: 1 }` shows these (and `_id`), `{ history: 0 }` all but these. */
export type Projection<T> = { readonly [P in ProjectionPath<Stored<T>>]?: Show | Hide };

/** Refuses the paths of `P` that `T` does not have; a type parameter alone would let them pass. */
export type KnownPaths<T, P> = { readonly [K in keyof P]: K extends ProjectionPath<Stored<T>> ? P[K] : never };

type Show = 1 | true;
type Hide = 0 | false;

/**
 * A document of type `T` as a projection shows it.
 *
 * @example
 * import type { Projected } from '@aerolithdb/client';
 * type City = { _id: string; name: string; at: { lat: number; lon: number } };
 * const shown: Projected<City, { 'at.lat': 1; _id: 0 }> = { at: { lat: 60.4 } };
 */
export type Projected<T, P> = [P] extends [undefined]
  ? Stored<T>
  : string extends ProjectionPath<Stored<T>>
    ? AnyDocument
    : [Undecided<P>] extends [never]
      ? Decided<T, P>
      : Partial<Stored<T>>;

type Decided<T, P> =
  Shown<P> extends never
    ? OnlyIdIsShown<P> extends true
      ? Included<Stored<T>, '_id'>
      : Excluded<Stored<T>, Hidden<P>>
    : Included<Stored<T>, Shown<P> | (P extends { readonly _id: Hide } ? never : '_id')>;

/** Fields of which only the moment of the call knows whether they are shown. */
type Undecided<P> = {
  [K in keyof P]-?: Extract<P[K], Show> extends never ? never : Extract<P[K], Hide> extends never ? never : K;
}[keyof P];

/** `_id` alone does not decide between showing and hiding. */
type Shown<P> = { [K in keyof P & string]: K extends '_id' ? never : P[K] extends Show ? K : never }[keyof P & string];
type Hidden<P> = { [K in keyof P & string]: P[K] extends Hide ? K : never }[keyof P & string];
type OnlyIdIsShown<P> = P extends { readonly _id: Show } ? (Hidden<P> extends never ? true : false) : false;

type Head<K extends string> = K extends `${infer Name}.${string}` ? Name : K;
type Tail<K extends string, Name extends string> = K extends `${Name}.${infer Rest}` ? Rest : never;

/** Of a value without fields no part can be shown; among the elements of an array it is left out. */
type Included<T, K extends string> = T extends readonly (infer E)[]
  ? Exclude<Included<E, K>, undefined>[]
  : T extends Leaf
    ? undefined
    : { [F in keyof T as F extends Head<K> ? F : never]: F extends K ? T[F] : Included<T[F], Tail<K, F & string>> };

type Excluded<T, K extends string> = T extends readonly (infer E)[]
  ? Excluded<E, K>[]
  : T extends Leaf
    ? T
    : { [F in keyof T as F extends K ? never : F]: F extends Head<K> ? Excluded<T[F], Tail<K, F & string>> : T[F] };
