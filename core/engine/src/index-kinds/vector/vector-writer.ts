import type { Document } from '@aerolithdb/protocol';
import { type VectorShape, vectorOf } from '@aerolithdb/query';
import type { Statement, WriterConnection } from '@aerolithdb/storage';
import type { IndexRecord } from '../../catalogue.ts';
import { vectorBytes, vectorShape } from '../../vector/vector-table.ts';
import type { IndexChange, IndexWriter } from '../index-kind.ts';

/** The rows of a vector index, with the statements of its table. */
export class VectorWriter implements IndexWriter {
  readonly record: IndexRecord;
  readonly fields: readonly string[];
  readonly #shape: VectorShape;
  readonly #add: Statement;
  readonly #remove: Statement;

  constructor(connection: WriterConnection, record: IndexRecord) {
    this.record = record;
    this.#shape = vectorShape(record);
    this.fields = [this.#shape.path[0]!];
    this.#add = connection.prepare(`INSERT INTO index_${record.table}(rid, vector) VALUES(?, ?)`);
    this.#remove = connection.prepare(`DELETE FROM index_${record.table} WHERE rid = ?`);
  }

  /** Throws `invalid_vector`. */
  change(rid: number, before: Document | undefined, after: Document | undefined): IndexChange {
    const removed = before === undefined ? undefined : vectorOf(before, this.#shape);
    const added = after === undefined ? undefined : vectorOf(after, this.#shape);
    const write = () => {
      if (isSame(removed, added)) return;
      if (removed !== undefined) this.#remove.run(rid);
      if (added !== undefined) this.#add.run(rid, vectorBytes(added));
    };
    return { clash: () => undefined, write, grown: undefined };
  }
}

function isSame(a: Float32Array | undefined, b: Float32Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.every((number, i) => number === b[i]);
}
