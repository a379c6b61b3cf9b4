import { parseDocument } from '@aerolithdb/protocol';
import type { WriterConnection } from '@aerolithdb/storage';
import type { CollectionRecord, IndexRecord } from '../catalogue.ts';
import { kindOf } from './kind-of.ts';

/** Rows that are read before their entries are written; SQLite does not write while it reads. */
const BATCH_ROWS = 256;

/**
 * Writes the entries of all documents into the empty tables of an index. Returns the record as the documents have shaped it.
 * Throws what the index refuses a document for.
 */
export function buildEntries(connection: WriterConnection, collection: CollectionRecord, empty: IndexRecord): IndexRecord {
  const kind = kindOf(empty);
  let record = empty;
  let index = kind.open(connection, record, collection.name);
  for (const [rid, text] of rowsOf(connection, collection.table)) {
    const change = index.change(rid, undefined, parseDocument(text));
    const clash = change.clash();
    if (clash !== undefined) throw clash;
    change.write();
    if (change.grown === undefined) continue;
    record = change.grown;
    index = kind.open(connection, record, collection.name);
  }
  return record;
}

type Row = readonly [rid: number, text: string];

function* rowsOf(connection: WriterConnection, table: number): Generator<Row> {
  const sql = `SELECT rid, json(doc) FROM documents_${table} WHERE rid > ? ORDER BY rid LIMIT ${BATCH_ROWS}`;
  const select = connection.prepare<Row>(sql, 'raw');
  for (let rows = select.all(0); rows.length > 0; rows = select.all(rows.at(-1)![0])) yield* rows;
}
