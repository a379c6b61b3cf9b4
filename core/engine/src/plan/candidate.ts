import type { IndexRecord } from '../catalogue.ts';
import type { KeyInterval } from './key-interval.ts';

/** The entries of what a query may walk in key order: an index, or the unique index of `_id`. */
export type KeySource = {
  readonly kind: 'id' | 'index';
  readonly name: string;
  /** Of the table `index_<table>`; not used for `id`. */
  readonly table: number;
  readonly keys: readonly (readonly [path: string, direction: 1 | -1])[];
  readonly unique: boolean;
  readonly multikey: readonly number[];
};

export const ID_SOURCE: KeySource = { kind: 'id', name: '_id_', table: 0, keys: [['_id', 1]], unique: true, multikey: [] };

/** The entries of an ordered index. */
export function indexSource({ name, table, keys, unique, multikey }: IndexRecord): KeySource {
  const directions = keys.map(([path, key]) => [path, key === -1 ? -1 : 1] as const);
  return { kind: 'index', name, table, keys: directions, unique, multikey };
}

/** One way to find the documents of a query. */
export type Candidate = KeyCandidate | UnionCandidate | ScanCandidate;

export type ScanCandidate = { readonly kind: 'scan'; readonly exact: false; readonly sorted: boolean };

/**
 * The parts of an `$or`, each by the index that serves it. What they find is joined, so a walk gives each document once, in the order
 * of rows. `exact`: every document found passes the whole filter.
 */
export type UnionCandidate = {
  readonly kind: 'union';
  readonly branches: readonly KeyCandidate[];
  readonly exact: boolean;
  readonly sorted: boolean;
};

export type KeyCandidate = {
  readonly kind: 'keys';
  readonly source: KeySource;
  /** In order and disjoint, in the bytes that the entries have. */
  readonly intervals: readonly KeyInterval[];
  /** Leading keys that are fixed to single values. */
  readonly equalities: number;
  /** Whether the key after them is bounded. */
  readonly ranged: boolean;
  /** Every document with an entry in `intervals` passes the whole filter. */
  readonly exact: boolean;
  /** Whether the walk gives the order that the query asks for; `reverse`: walking backwards does. */
  readonly sorted: boolean;
  readonly reverse: boolean;
  /** Whether a document may have several entries in `intervals`. */
  readonly repeats: boolean;
};
