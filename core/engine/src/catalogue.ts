import {
  type CollectionOptions,
  type Hash,
  type IndexInfo,
  type IndexSpec,
  indexOptionsOf,
  type OutcomeError,
  type Principal,
} from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';
import { CollectionSample } from './statistics/collection-sample.ts';

/**
 * An index as the catalogue keeps it: its definition, options with their default left out, and what is known of it. Its entries stand
 * in tables whose names begin with `index_<table>`.
 */
export type IndexRecord = Omit<IndexSpec, 'unique'> & {
  readonly table: number;
  readonly unique: boolean;
  /** Positions in `keys` whose path has gone through an array in some document; never taken back. Empty: at most one entry a document. */
  readonly multikey: readonly number[];
  /** Absent: it holds all that it should. */
  readonly build?: IndexBuild;
};

/**
 * An index that no query may use. `building`: it holds the entries of rows up to `built` and of those after `until`; `done` of about
 * `total` documents are behind it. `failed`: it holds nothing, and its tables are gone.
 */
export type IndexBuild =
  | { readonly state: 'building'; readonly built: number; readonly until: number; readonly done: number; readonly total: number }
  | { readonly state: 'failed'; readonly error: OutcomeError };

/** The record of an index that has no entries yet. */
export function newIndexRecord(spec: IndexSpec, table: number): IndexRecord {
  const options = Object.fromEntries(indexOptionsOf(spec).map(([name]) => [name, spec[name]]));
  return { name: spec.name, table, keys: spec.keys, ...options, unique: spec.unique ?? false, multikey: [] };
}

/** The definition of an index, `unique` always said. */
export function indexSpecOf({ table: _, multikey: __, build: ___, ...spec }: IndexRecord): IndexSpec {
  return spec;
}

/** An index as callers see it. */
export function indexInfoOf(record: IndexRecord): IndexInfo {
  const { build } = record;
  const spec = indexSpecOf(record);
  if (build === undefined) return spec;
  if (build.state === 'building') return { ...spec, build: { state: build.state, done: build.done, total: build.total } };
  const { code, message } = build.error;
  return { ...spec, build: { state: build.state, error: { code, message } } };
}

/** A collection as the catalogue keeps it; its rows stand in `documents_<table>` and `history_<table>`. */
export type CollectionRecord = {
  readonly name: string;
  readonly table: number;
  readonly options: CollectionOptions;
  /** Position of the change that created it. */
  readonly created: number;
  /** In the order of their creation. */
  readonly indexes: readonly IndexRecord[];
};

/** What changes with every write to a collection; kept apart from its record, one small row a collection. */
export type Counters = {
  /** The row id that the next inserted document gets. */
  readonly nextRid: number;
  /** Documents now. */
  readonly documents: number;
  /** Hash of the last change, zeros when there is none. */
  readonly chain: Hash;
};

export type Catalogue = {
  /** Grows with every change of the catalogue: what was read at the same revision is still right. */
  readonly revision: number;
  readonly collections: ReadonlyMap<string, CollectionRecord>;
  readonly principals: ReadonlyMap<string, Principal>;
  /** Of the collections that have some, by the number of the collection's table. */
  readonly samples: ReadonlyMap<number, CollectionSample>;
};

const COLLECTION = 'collection/';
const PRINCIPAL = 'principal/';
const STATISTICS = 'statistics/';

export function collectionKey(name: string): string {
  return COLLECTION + name;
}

export function principalKey(name: string): string {
  return PRINCIPAL + name;
}

/** Of the statistics of the collection with this table number. */
export function statisticsKey(table: number): string {
  return STATISTICS + table;
}

/** The revision of the catalogue in the state that `connection` sees. */
export function catalogueRevision(connection: Connection): number {
  return connection.prepare<number>("SELECT value FROM meta WHERE key = 'catalogue_revision'", 'pluck').get() ?? 0;
}

/** The whole catalogue, in the order of names by code point. */
export function readCatalogue(connection: Connection): Catalogue {
  const collections = new Map<string, CollectionRecord>();
  const principals = new Map<string, Principal>();
  const samples = new Map<number, CollectionSample>();
  const rows = connection.prepare<[name: string, record: string]>('SELECT name, record FROM catalogue ORDER BY name', 'raw');
  for (const [key, text] of rows.all()) {
    if (key.startsWith(COLLECTION)) collections.set(key.slice(COLLECTION.length), JSON.parse(text) as CollectionRecord);
    else if (key.startsWith(PRINCIPAL)) principals.set(key.slice(PRINCIPAL.length), JSON.parse(text) as Principal);
    else if (key.startsWith(STATISTICS)) samples.set(Number(key.slice(STATISTICS.length)), new CollectionSample(text));
  }
  return { revision: catalogueRevision(connection), collections, principals, samples };
}

/** Counters of the collection with this table number. */
export function readCounters(connection: Connection, table: number): Counters {
  const sql = 'SELECT next_rid, documents, hex(chain) FROM counters WHERE collection = ?';
  const row = connection.prepare<[number, number, string]>(sql, 'raw').get(table);
  if (row === undefined) throw new Error(`The catalogue names collection table ${table}, which has no counters.`);
  return { nextRid: row[0], documents: row[1], chain: row[2].toLowerCase() };
}
