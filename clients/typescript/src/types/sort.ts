import type { Stored } from './document.ts';
import type { ReadPath } from './path.ts';

/**
 * Dotted paths with 1 (ascending) or -1 (descending); the first counts most. A `Map` keeps names that look like numbers in their
 * place, which an object does not.
 */
export type Sort<T> = Directions<ReadPath<Stored<T>>> | ByScore;

/** The best of a text search first. */
type ByScore = { readonly score: { readonly $meta: 'textScore' } };

type Directions<P extends string> = { readonly [K in P]?: 1 | -1 } | ReadonlyMap<P, 1 | -1>;
