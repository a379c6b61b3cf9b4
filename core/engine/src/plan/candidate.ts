import type { Document } from '@aerolithdb/protocol';
import type { Filter, Metadata } from '@aerolithdb/query';
import type { IndexRecord } from '../catalogue.ts';
import { conditionOf } from '../index-kinds/index-condition.ts';
import type { Conjunct } from './conjuncts.ts';
import type { KeyInterval } from './key-interval.ts';
import type { Fragment } from './sql-fragment.ts';

/** The entries of what a query may walk in key order: an index, or the unique index of `_id`. */
export type KeySource = {
  readonly kind: 'id' | 'index';
  readonly name: string;
  /** Of the table `index_<table>`; not used for `id`. */
  readonly table: number;
  readonly keys: readonly (readonly [path: string, direction: 1 | -1])[];
  readonly unique: boolean;
  readonly multikey: readonly number[];
  /** Every document that it holds passes this, and every one that passes is in it; absent: all documents are in it. */
  readonly condition?: Filter | undefined;
};

export const ID_SOURCE: KeySource = { kind: 'id', name: '_id_', table: 0, keys: [['_id', 1]], unique: true, multikey: [] };

/** The entries of an ordered index. */
export function indexSource(index: IndexRecord): KeySource {
  const { name, table, keys, unique, multikey } = index;
  const directions = keys.map(([path, key]) => [path, key === -1 ? -1 : 1] as const);
  return { kind: 'index', name, table, keys: directions, unique, multikey, condition: conditionOf(index) };
}

/** One way to find the documents of a query. */
export type Candidate = KeyCandidate | UnionCandidate | RowsCandidate | ScanCandidate;

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
  /** The parts of the filter that every document with an entry in `intervals` (and in `within`) passes. */
  readonly settled: readonly Conjunct[];
  /** Every document with an entry in `intervals` passes the whole filter. */
  readonly exact: boolean;
  /** Whether the walk gives the order that the query asks for; `reverse`: walking backwards does. */
  readonly sorted: boolean;
  readonly reverse: boolean;
  /** Whether a document may have several entries in `intervals`. */
  readonly repeats: boolean;
  /** An intersection: the document must have an entry in each of these too. None of them has a `within` of its own. */
  readonly within: readonly KeyCandidate[];
};

/**
 * Rows that another kind of index gives (text, areas, bitmaps, vectors). What of the filter it does not answer is checked on each
 * document, unless it is `exact`.
 */
export type RowsCandidate = {
  readonly kind: 'rows';
  /** Names of the indexes that it uses. */
  readonly names: readonly string[];
  /** What it does, for `explain`, in a few words: `text search`. */
  readonly does: string;
  readonly rows: RowSource;
  /** Rows that it is expected to give. */
  readonly expected: number;
  /** What making them is expected to cost beside reading their documents, in documents of a scan. */
  readonly work: number;
  readonly settled: readonly Conjunct[];
  readonly exact: boolean;
  /** Whether its order is the one that the query asks for. */
  readonly sorted: boolean;
  /** The query can be answered in no other way: nothing else is considered. */
  readonly only?: boolean;
};

/** A statement that gives a column `rid`, each row once. `columns` of a walk may name its other columns as `s.<name>`. */
export type RowSource = {
  readonly statement: Fragment;
  /** The same rows by several statements, which are made as a walk asks for them, each of rows that come after those before it. */
  readonly pieces?: () => Iterable<Fragment>;
  /** How many rows there are, where that is known before they are read. */
  readonly count?: number;
  /** The column by whose ascending values a walk goes (distance, rank); absent: rows come in the order of their ids. */
  readonly orderColumn?: string;
  /** The statement puts rows of one value in the same order each time, so that they need not be sorted again. */
  readonly ordersItself?: boolean;
  /** What the search knows of what it finds. */
  readonly metadata?: RowMetadata;
};

/** `read` makes metadata of the number in `column`; `more` adds what it takes the document for. */
export type RowMetadata = {
  readonly column: string;
  readonly read: (value: number) => Metadata;
  readonly more?: (document: Document) => Metadata;
};
