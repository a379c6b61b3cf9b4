import type { Connection } from '@aerolithdb/storage';
import type { KeyInterval } from '../../plan/key-interval.ts';
import { decodeChunk } from './chunk-codec.ts';
import { CHUNK_ROWS, RowSet, rowsIn } from './row-set.ts';

/**
 * The table of a bitmap index: for each value (an order-preserving key, as in an ordered index) and each chunk of row ids, which of its
 * rows have the value. A chunk without rows has no entry. Every document has at least one value, null where the field is missing.
 */
export function bitmapTable(table: number): string {
  return `CREATE TABLE index_${table}(key BLOB NOT NULL, chunk INTEGER NOT NULL, rows BLOB NOT NULL, PRIMARY KEY(key, chunk)) STRICT, WITHOUT ROWID`;
}

type Entry = readonly [chunk: number, rows: Buffer];

/** The rows that have a value in one of the intervals. */
export function rowsInIntervals(connection: Connection, table: number, intervals: readonly KeyInterval[]): RowSet {
  const sql = `SELECT chunk, rows FROM index_${table} WHERE key >= ? AND key < ?`;
  const statement = connection.prepare<Entry>(sql, 'raw');
  const found = new RowSet();
  for (const { low, high } of intervals)
    for (const [chunk, rows] of statement.iterate(low, high)) found.add(chunk, decodeChunk(rows));
  return found;
}

/** The rows of all documents. */
export function allRows(connection: Connection, table: number): RowSet {
  const found = new RowSet();
  const statement = connection.prepare<Entry>(`SELECT chunk, rows FROM index_${table}`, 'raw');
  for (const [chunk, rows] of statement.iterate()) found.add(chunk, decodeChunk(rows));
  return found;
}

const ROWS_FUNCTION = 'aerolith_bitmap_rows';
const PREPARED = new WeakSet<Connection>();

/** SQL that gives the row id of every entry, as `rid`. */
export function rowIdsOf(connection: Connection, table: number): string {
  if (!PREPARED.has(connection)) {
    PREPARED.add(connection);
    connection.defineFunction(ROWS_FUNCTION, (chunk, rows) => {
      const first = Number(chunk) * CHUNK_ROWS;
      return JSON.stringify([...rowsIn(decodeChunk(rows as Uint8Array))].map((row) => first + row));
    });
  }
  return `SELECT r.value AS rid FROM index_${table} i, json_each(${ROWS_FUNCTION}(i.chunk, i.rows)) r`;
}
