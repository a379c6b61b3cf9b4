import type { IndexKey } from '@aerolithdb/protocol';
import type { Stored } from './document.ts';
import type { ReadPath } from './path.ts';

/**
 * The keys of an index: dotted paths with 1, -1 or the word of another kind, in order. `$**` stands for every path, and below a path for
 * those in it. A `Map` keeps names that look like numbers in their place, which an object does not.
 */
export type IndexKeys<T> = Keys<ReadPath<Stored<T>> | '$**' | `${string}.$**`>;

type Keys<P extends string> = { readonly [K in P]?: IndexKey } | ReadonlyMap<P, IndexKey>;
