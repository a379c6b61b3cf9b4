import type { Bound, Statement, WriterConnection } from '@aerolithdb/storage';
import type { CollectionRecord, Counters, IndexRecord } from '../catalogue.ts';
import { compileSchema, type SchemaCheck } from '../schema/compile-schema.ts';
import { type IndexShape, indexShape } from './index-entries.ts';

export type StoredRow = readonly [rid: number, version: number, text: string];

/** What a refused command gives back. */
export type CollectionMark = { readonly record: CollectionRecord; readonly nextRid: number; readonly documents: number };

/** An index with the statements of its table. */
export type IndexState = {
  readonly shape: IndexShape;
  readonly add: Statement;
  readonly remove: Statement;
  /** A row other than the given one that has the key. */
  readonly other: Statement<number>;
};

/** One collection in the writer's memory: its record, its counters and its prepared statements. All derived from the file. */
export class CollectionState {
  record: CollectionRecord;
  nextRid: number;
  documents: number;
  /** Hash of the last change of the blocks before this one. */
  chain: string;

  readonly byId: Statement<StoredRow>;
  readonly insertRow: Statement;
  readonly updateRow: Statement;
  readonly deleteRow: Statement;
  readonly addHistory: Statement;

  readonly #connection: WriterConnection;
  #indexes: readonly IndexState[] = [];
  #indexesOf: readonly IndexRecord[] = [];
  #indexedFields: ReadonlySet<string> = new Set();
  #schema: { readonly text: string; readonly check: SchemaCheck } | undefined;

  constructor(connection: WriterConnection, record: CollectionRecord, counters: Counters) {
    this.#connection = connection;
    this.record = record;
    this.nextRid = counters.nextRid;
    this.documents = counters.documents;
    this.chain = counters.chain;
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
  get indexes(): readonly IndexState[] {
    const { indexes } = this.record;
    if (this.#indexesOf !== indexes) {
      this.#indexes = indexes.map((index) => this.index(index));
      this.#indexedFields = new Set(this.#indexes.flatMap(({ shape }) => shape.paths.map((path) => path[0]!)));
      this.#indexesOf = indexes;
    }
    return this.#indexes;
  }

  /** The top-level fields that entries of `indexes` are made of. */
  get indexedFields(): ReadonlySet<string> {
    return this.#indexedFields;
  }

  index(record: IndexRecord): IndexState {
    const table = `index_${record.table}`;
    return {
      shape: indexShape(record),
      add: this.#connection.prepare(`INSERT INTO ${table}(key, rid) VALUES(?, ?)`),
      remove: this.#connection.prepare(`DELETE FROM ${table} WHERE key = ? AND rid = ?`),
      other: this.#connection.prepare<number>(`SELECT rid FROM ${table} WHERE key = ? AND rid <> ? LIMIT 1`, 'pluck'),
    };
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
    return { record: this.record, nextRid: this.nextRid, documents: this.documents };
  }

  restore(mark: CollectionMark): void {
    this.record = mark.record;
    this.nextRid = mark.nextRid;
    this.documents = mark.documents;
  }
}
