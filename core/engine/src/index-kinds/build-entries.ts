import { parseDocument } from '@aerolithdb/protocol';
import type { WriterConnection } from '@aerolithdb/storage';
import type { CollectionRecord, IndexRecord } from '../catalogue.ts';
import { kindOf } from './kind-of.ts';

/** Rows that are read before their entries are written; SQLite does not write while it reads. */
const BATCH_ROWS = 256;

/** Rows from `after` to `until`, at most `most` of them, whose entries are to be made; all where nothing is said. */
export type RowRange = { readonly after?: number; readonly until?: number; readonly most?: number };

/** `record`: as the documents have shaped it. `last`: the last row that was read; 0 when there was none. */
export type Built = { readonly record: IndexRecord; readonly rows: number; readonly last: number };

/** Writes the entries of rows that have none yet. Throws what the index refuses a document for. */
export function buildEntries(
  connection: WriterConnection,
  collection: CollectionRecord,
  before: IndexRecord,
  range: RowRange = {},
): Built {
  const kind = kindOf(before);
  let record = before;
  let index = kind.open(connection, record, collection.name);
  let rows = 0;
  let last = 0;
  for (const [rid, text] of rowsOf(connection, collection.table, range)) {
    const change = index.change(rid, undefined, parseDocument(text));
    const clash = change.clash();
    if (clash !== undefined) throw clash;
    change.write();
    rows++;
    last = rid;
    if (change.grown === undefined) continue;
    record = change.grown;
    index = kind.open(connection, record, collection.name);
  }
  return { record, rows, last };
}

type Row = readonly [rid: number, text: string];

function* rowsOf(
  connection: WriterConnection,
  table: number,
  { after = 0, until = Number.MAX_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER }: RowRange,
): Generator<Row> {
  const sql = `SELECT rid, json(doc) FROM documents_${table} WHERE rid > ? AND rid <= ? ORDER BY rid LIMIT ${BATCH_ROWS}`;
  const select = connection.prepare<Row>(sql, 'raw');
  let left = most;
  for (let rows = select.all(after, until); rows.length > 0 && left > 0; rows = select.all(rows.at(-1)![0], until)) {
    yield* rows.slice(0, left);
    left -= rows.length;
  }
}
