import { AerolithError, type Document, type IndexSpec } from '@aerolithdb/protocol';
import type { IndexKind } from '../index-kind.ts';
import { indexEntries, indexShape } from '../ordered/ordered-entries.ts';
import { bitmapTable, rowIdsOf } from './bitmap-table.ts';
import { BitmapWriter } from './bitmap-writer.ts';
import { decodeChunk, hasRow } from './chunk-codec.ts';
import { CHUNK_ROWS, chunkOf } from './row-set.ts';

/** Which rows have each value of one path, as bitmaps: for fields of few values, whose conditions are joined before a document is read. */
export const bitmapIndex: IndexKind = {
  options: ['hidden'],
  assertSpec,
  tables: ({ table }) => bitmapTable(table),
  drop: ({ table }) => `DROP TABLE index_${table}`,
  open: (connection, record) => new BitmapWriter(connection, record),
  rowIds: ({ table }, connection) => rowIdsOf(connection, table),
  coversAll: () => true,
  holds(connection, record, rid, document: Document) {
    const sql = `SELECT rows FROM index_${record.table} WHERE key = ? AND chunk = ?`;
    const rows = connection.prepare<Buffer>(sql, 'pluck');
    return indexEntries(indexShape(record), document).keys.every((key) => {
      const held = rows.get(key, chunkOf(rid));
      return held !== undefined && hasRow(decodeChunk(held), rid % CHUNK_ROWS);
    });
  },
  backup: 'rebuilt',
};

function assertSpec({ keys }: IndexSpec): void {
  if (keys.length === 1) return;
  const message = 'A bitmap index is on one field. Make one for each: a query joins as many of them as it needs.';
  throw new AerolithError('invalid_index', message);
}
