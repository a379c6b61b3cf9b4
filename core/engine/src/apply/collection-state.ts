import type { Bound, Statement, WriterConnection } from '@aerolithdb/storage';
import type { CollectionRecord, Counters, IndexRecord } from '../catalogue.ts';
import type { IndexWriter } from '../index-kinds/index-kind.ts';
import { openIndex } from '../index-kinds/open-index.ts';
import { compileSchema, type SchemaCheck } from '../schema/compile-schema.ts';
import type { CollectionStatistics } from '../statistics/collection-statistics.ts';
import { type KeptStatistics, NO_STATISTICS } from '../statistics/kept-statistics.ts';

export type StoredRow = readonly [rid: number, version: number, text: string];

/** What a refused command gives back. */
export type CollectionMark = {
  readonly record: CollectionRecord;
  readonly nextRid: number;
  readonly documents: number;
  readonly rewritten: number;
};

/** One collection in the writer's memory: its record, its counters and its prepared statements. All derived from the file. */
export class CollectionState {
  record: CollectionRecord;
  nextRid: number;
  documents: number;
  /** Documents that were rewritten since statistics were taken; counted where there are indexes. */
  rewritten: number;
  /** What the file says of `rewritten`. */
  savedRewritten: number;
  /** As the catalogue keeps them; undefined as long as the collection needs none. */
  statistics: CollectionStatistics | undefined;
  /** Hash of the last change of the blocks before this one. */
  chain: string;

  readonly byId: Statement<StoredRow>;
  readonly insertRow: Statement;
  readonly updateRow: Statement;
  readonly deleteRow: Statement;
  readonly addHistory: Statement;

  readonly #connection: WriterConnection;
  #indexes: readonly IndexWriter[] = [];
  #indexesOf: readonly IndexRecord[] = [];
  #indexedFields: ReadonlySet<string> | undefined = new Set();
  #schema: { readonly text: string; readonly check: SchemaCheck } | undefined;

  constructor(connection: WriterConnection, record: CollectionRecord, counters: Counters, kept: KeptStatistics = NO_STATISTICS) {
    this.#connection = connection;
    this.record = record;
    this.nextRid = counters.nextRid;
    this.documents = counters.documents;
    this.chain = counters.chain;
    this.rewritten = kept.rewritten;
    this.savedRewritten = kept.rewritten;
    this.statistics = kept.statistics;
    const n = record.table;
    this.byId = connection.prepare<StoredRow>(`SELECT rid, version, json(doc) FROM documents_${n} WHERE id = ?`, 'raw');
    this.insertRow = connection.prepare(
      `INSERT INTO documents_${n}(rid, id, version, doc) VALUES(?, ?, ?, jsonb(?)) ON CONFLICT(id) DO NOTHING`,
    );
    this.updateRow = connection.prepare(`UPDATE documents_${n} SET version = ?, doc = jsonb(?) WHERE rid = ?`);
    this.deleteRow = connection.prepare(`DELETE FROM documents_${n} WHERE rid = ?`);
    this.addHistory = connection.prepare(`INSERT INTO history_${n}(id, version, deleted) VALUES(?, ?, ?)`);
  }

  /** The indexes as the record lists them, ready for writing. */
  get indexes(): readonly IndexWriter[] {
    const { indexes } = this.record;
    if (this.#indexesOf !== indexes) {
      const open = new Map(this.#indexes.map((index) => [index.record, index]));
      this.#indexes = indexes.map((record) => open.get(record) ?? openIndex(this.#connection, record, this.record.name));
      this.#indexedFields = fieldsOf(this.#indexes);
      this.#indexesOf = indexes;
    }
    return this.#indexes;
  }

  /** The top-level fields that entries of `indexes` are made of; undefined: any. */
  get indexedFields(): ReadonlySet<string> | undefined {
    return this.#indexedFields;
  }

  /** The check of the collection's schema; `undefined` when it has none. */
  get schema(): SchemaCheck | undefined {
    const text = this.record.options.schema;
    if (text === undefined || text === null) return undefined;
    if (this.#schema?.text !== text) this.#schema = { text, check: compileSchema(text) };
    return this.#schema.check;
  }

  rowById(idKey: Bound): StoredRow | undefined {
    return this.byId.get(idKey);
  }

  mark(): CollectionMark {
    const { record, nextRid, documents, rewritten } = this;
    return { record, nextRid, documents, rewritten };
  }

  restore(mark: CollectionMark): void {
    this.record = mark.record;
    this.nextRid = mark.nextRid;
    this.documents = mark.documents;
    this.rewritten = mark.rewritten;
  }
}

function fieldsOf(indexes: readonly IndexWriter[]): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { fields } of indexes) {
    if (fields === undefined) return undefined;
    for (const name of fields) names.add(name);
  }
  return names;
}
