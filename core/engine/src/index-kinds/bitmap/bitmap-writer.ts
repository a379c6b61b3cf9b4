import type { Document } from '@aerolithdb/protocol';
import type { Statement, WriterConnection } from '@aerolithdb/storage';
import type { IndexRecord } from '../../catalogue.ts';
import type { IndexChange, IndexWriter } from '../index-kind.ts';
import { type IndexEntries, type IndexShape, indexEntries, indexShape, keysWithout } from '../ordered/ordered-entries.ts';
import { clearRow, decodeChunk, encodeChunk, setRow } from './chunk-codec.ts';
import { CHUNK_ROWS, chunkOf, countBits, emptyChunk } from './row-set.ts';

const NO_ENTRIES: IndexEntries = { keys: [], multikeyAt: -1 };

/** The bitmaps of one index, with the statements of its table. */
export class BitmapWriter implements IndexWriter {
  readonly record: IndexRecord;
  readonly fields: readonly string[];
  readonly #shape: IndexShape;
  readonly #get: Statement<Buffer>;
  readonly #put: Statement;
  readonly #remove: Statement;

  constructor(connection: WriterConnection, record: IndexRecord) {
    const table = `index_${record.table}`;
    this.record = record;
    this.#shape = indexShape(record);
    this.fields = this.#shape.paths.map((path) => path[0]!);
    this.#get = connection.prepare<Buffer>(`SELECT rows FROM ${table} WHERE key = ? AND chunk = ?`, 'pluck');
    this.#put = connection.prepare(
      `INSERT INTO ${table}(key, chunk, rows) VALUES(?, ?, ?) ON CONFLICT(key, chunk) DO UPDATE SET rows = excluded.rows`,
    );
    this.#remove = connection.prepare(`DELETE FROM ${table} WHERE key = ? AND chunk = ?`);
  }

  change(rid: number, before: Document | undefined, after: Document | undefined): IndexChange {
    const added = after === undefined ? NO_ENTRIES : indexEntries(this.#shape, after);
    const removed = before === undefined ? NO_ENTRIES : indexEntries(this.#shape, before);
    const write = () => {
      for (const key of keysWithout(removed.keys, added.keys)) this.#clear(key, rid);
      for (const key of keysWithout(added.keys, removed.keys)) this.#set(key, rid);
    };
    return { clash: () => undefined, write, grown: this.#grown(added.multikeyAt) };
  }

  #set(key: Uint8Array, rid: number): void {
    const held = this.#get.get(key, chunkOf(rid));
    const chunk = held === undefined ? emptyChunk() : decodeChunk(held);
    setRow(chunk, rid % CHUNK_ROWS);
    this.#put.run(key, chunkOf(rid), encodeChunk(chunk));
  }

  #clear(key: Uint8Array, rid: number): void {
    const held = this.#get.get(key, chunkOf(rid));
    if (held === undefined) return;
    const chunk = decodeChunk(held);
    clearRow(chunk, rid % CHUNK_ROWS);
    if (countBits(chunk) === 0) this.#remove.run(key, chunkOf(rid));
    else this.#put.run(key, chunkOf(rid), encodeChunk(chunk));
  }

  /** An index that has met an array stays multikey: a document may be in several of its bitmaps. */
  #grown(multikeyAt: number): IndexRecord | undefined {
    const isKnown = multikeyAt === -1 || this.record.multikey.length > 0;
    return isKnown ? undefined : { ...this.record, multikey: [0] };
  }
}
