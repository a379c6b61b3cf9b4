import type { AerolithError, Document } from '@aerolithdb/protocol';
import type { Statement, WriterConnection } from '@aerolithdb/storage';
import type { IndexRecord } from '../../catalogue.ts';
import type { IndexChange, IndexWriter } from '../index-kind.ts';
import { duplicateKeyValue } from './duplicate-key-value.ts';
import { type IndexEntries, type IndexShape, indexEntries, indexShape, keysWithout, NO_ENTRIES } from './ordered-entries.ts';

/** The entries of an ordered index, with the statements of its table. */
export class OrderedWriter implements IndexWriter {
  readonly record: IndexRecord;
  readonly fields: readonly string[];
  readonly collection: string;
  readonly shape: IndexShape;
  readonly add: Statement;
  readonly remove: Statement;
  /** A row other than the given one that has the key. */
  readonly other: Statement<number>;

  constructor(connection: WriterConnection, record: IndexRecord, collection: string) {
    const table = `index_${record.table}`;
    this.record = record;
    this.collection = collection;
    this.shape = indexShape(record);
    this.fields = this.shape.fields;
    this.add = connection.prepare(`INSERT INTO ${table}(key, rid) VALUES(?, ?)`);
    this.remove = connection.prepare(`DELETE FROM ${table} WHERE key = ? AND rid = ?`);
    this.other = connection.prepare<number>(`SELECT rid FROM ${table} WHERE key = ? AND rid <> ? LIMIT 1`, 'pluck');
  }

  change(rid: number, before: Document | undefined, after: Document | undefined): IndexChange {
    const added = after === undefined ? NO_ENTRIES : indexEntries(this.shape, after);
    const removed = before === undefined ? NO_ENTRIES : indexEntries(this.shape, before);
    return new OrderedChange(this, rid, added, removed, after);
  }
}

class OrderedChange implements IndexChange {
  readonly #writer: OrderedWriter;
  readonly #rid: number;
  readonly #added: readonly Uint8Array[];
  readonly #removed: readonly Uint8Array[];
  readonly #multikeyAt: number;
  readonly #after: Document | undefined;

  constructor(writer: OrderedWriter, rid: number, added: IndexEntries, removed: IndexEntries, after: Document | undefined) {
    this.#writer = writer;
    this.#rid = rid;
    this.#added = keysWithout(added.keys, removed.keys);
    this.#removed = keysWithout(removed.keys, added.keys);
    this.#multikeyAt = added.multikeyAt;
    this.#after = after;
  }

  clash(): AerolithError | undefined {
    const { record, other, collection, shape } = this.#writer;
    if (!record.unique || this.#after === undefined) return undefined;
    for (const key of this.#added) {
      if (other.get(key, this.#rid) !== undefined) return duplicateKeyValue(collection, shape, this.#after, key);
    }
    return undefined;
  }

  write(): void {
    for (const key of this.#removed) this.#writer.remove.run(key, this.#rid);
    for (const key of this.#added) this.#writer.add.run(key, this.#rid);
  }

  /** An index that has met an array stays multikey: the planner must know that a document can have several entries. */
  get grown(): IndexRecord | undefined {
    const { record } = this.#writer;
    if (this.#multikeyAt === -1 || record.multikey.includes(this.#multikeyAt)) return undefined;
    return { ...record, multikey: [...record.multikey, this.#multikeyAt].sort((a, b) => a - b) };
  }
}
