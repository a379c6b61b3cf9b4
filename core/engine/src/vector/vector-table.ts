import { AerolithError } from '@aerolithdb/protocol';
import type { VectorShape } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';
import type { IndexRecord } from '../catalogue.ts';

/**
 * The table of a vector index, inside the commit.
 *
 * Invariants:
 * 1. A row is the vector of one document as 32-bit floats, the least byte first. It is never changed: a document that gets another
 *    vector gets another row, with a slot above all that there ever were.
 * 2. So a graph that holds the slots up to some one knows what it lacks (the slots above) and what has gone (slots without a row).
 */
export function vectorTable(table: number): string {
  return `CREATE TABLE index_${table}(slot INTEGER PRIMARY KEY AUTOINCREMENT, rid INTEGER NOT NULL UNIQUE, vector BLOB NOT NULL) STRICT`;
}

/** The path, dimensions and similarity of a vector index. */
export function vectorShape({ name, keys, dimensions, similarity }: IndexRecord): VectorShape {
  if (dimensions === undefined)
    throw new AerolithError('invalid_index', `The index "${name}" has no dimensions.`, { index: name });
  return { path: keys[0]![0].split('.'), dimensions, similarity: similarity ?? 'cosine' };
}

export function vectorBytes(vector: Float32Array): Uint8Array {
  const bytes = Buffer.alloc(4 * vector.length);
  vector.forEach((number, i) => void bytes.writeFloatLE(number, 4 * i));
  return bytes;
}

/** The floats of a row. They share its memory where they can. */
export function vectorIn(bytes: Uint8Array): Float32Array {
  if (IS_LITTLE_ENDIAN && bytes.byteOffset % 4 === 0)
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

export type VectorRow = readonly [slot: number, vector: Buffer];

/** Rows with slots above one, in their order. */
export function* rowsAbove(connection: Connection, table: number, slot: number): Generator<VectorRow> {
  const sql = `SELECT slot, vector FROM index_${table} WHERE slot > ? ORDER BY slot`;
  yield* connection.prepare<VectorRow>(sql, 'raw').iterate(slot);
}

/** The next rows with slots above one and up to another, in their order. */
export function rowsBetween(connection: Connection, table: number, above: number, upTo: number, most: number): VectorRow[] {
  const sql = `SELECT slot, vector FROM index_${table} WHERE slot > ? AND slot <= ? ORDER BY slot LIMIT ${most}`;
  return connection.prepare<VectorRow>(sql, 'raw').all(above, upTo);
}

export type VectorCounts = { readonly all: number; readonly covered: number; readonly lastSlot: number };

/** Vectors in the index, those of them with a slot up to the given one, and the highest slot. */
export function countVectors(connection: Connection, table: number, slot: number): VectorCounts {
  const sql = `SELECT count(*), count(*) FILTER (WHERE slot <= ?), max(slot) FROM index_${table}`;
  const [all, covered, lastSlot] = connection.prepare<[number, number, number | null]>(sql, 'raw').get(slot) ?? [0, 0, 0];
  return { all, covered, lastSlot: lastSlot ?? 0 };
}
