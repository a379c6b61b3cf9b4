import { parseDocument } from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';
import type { CollectionRecord, IndexRecord } from '../catalogue.ts';
import { kindOf } from '../index-kinds/kind-of.ts';

/**
 * - `missing`: a document has no entry, so a query that uses the index does not find it.
 * - `stale`: an entry names a document that is gone, or a value that the document no longer has.
 */
export type IndexFault = 'missing' | 'stale';

/** `faults` is empty for a healthy index. `missing` of `sampled` documents lack an entry; `stale` entries name no document. */
export type IndexHealth = {
  readonly documents: number;
  readonly entries: number;
  readonly sampled: number;
  readonly missing: number;
  readonly stale: number;
  readonly faults: readonly IndexFault[];
};

type SampledRow = [rid: number, text: string];

/** Where the kind of an index gives every document an entry, there are never fewer entries than documents. */
export function indexHealth(
  connection: Connection,
  collection: CollectionRecord,
  index: IndexRecord,
  sample: number,
): IndexHealth {
  const documentTable = `documents_${collection.table}`;
  const kind = kindOf(index);
  const rids = kind.rowIds(index, connection);
  const count = (sql: string) => connection.prepare<number>(sql, 'pluck').get() ?? 0;
  const documents = count(`SELECT count(*) FROM ${documentTable}`);
  const entries = count(`SELECT count(*) FROM (${rids})`);
  const stale = count(`SELECT count(*) FROM (${rids}) WHERE rid NOT IN (SELECT rid FROM ${documentTable})`);
  const rows = sampleRows(connection, documentTable, sample);
  const missing = rows.filter(([rid, text]) => !kind.holds(connection, index, rid, parseDocument(text))).length;
  const isMissing = missing > 0 || (kind.coversAll(index) && entries - stale < documents);
  const isStale = stale > 0 || (index.multikey.length === 0 && entries > documents);
  const faults = [...(isMissing ? (['missing'] as const) : []), ...(isStale ? (['stale'] as const) : [])];
  return { documents, entries, sampled: rows.length, missing, stale, faults };
}

/** About `sample` documents, evenly spread over the row ids. */
function sampleRows(connection: Connection, table: string, sample: number): SampledRow[] {
  const [low, high] =
    connection.prepare<[number | null, number | null]>(`SELECT min(rid), max(rid) FROM ${table}`, 'raw').get() ?? [];
  if (low === undefined || low === null || high === undefined || high === null) return [];
  const from = connection.prepare<SampledRow>(`SELECT rid, json(doc) FROM ${table} WHERE rid >= ? ORDER BY rid LIMIT 1`, 'raw');
  const rows: SampledRow[] = [];
  const step = Math.max(1, (high - low + 1) / sample);
  for (let at = low; at <= high; at = Math.max(at + step, (rows.at(-1)?.[0] ?? 0) + 1)) {
    const row = from.get(Math.floor(at));
    if (row === undefined) break;
    rows.push(row);
  }
  return rows;
}
