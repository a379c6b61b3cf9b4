import { parseDocument, type Value } from '@aerolithdb/protocol';
import { compareSortKeys, type Filter, type Sort, sortKey } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';
import { type CollectionRecord, readCounters } from '../catalogue.ts';
import type { CollectionSample } from '../statistics/collection-sample.ts';
import { planQuery, type QueryPlan } from './query-plan.ts';
import { raw } from './sql-fragment.ts';
import { walk } from './walk.ts';

/** `text`: stored text of the document. */
export type SelectedRow = { readonly rid: number; readonly version: number; readonly text: string };

export type SelectOptions = {
  /** Only rows after this one. */
  readonly afterRow?: number;
  readonly limit?: number;
  /** Without one, rows come in the order of their ids. */
  readonly sort?: Sort;
  /** What is known of the values in the collection. */
  readonly sample?: CollectionSample | undefined;
};

/**
 * The rows a filter selects, for writers: they are settled before the first one is given out, so they may be changed meanwhile,
 * and their order depends on the documents alone, never on the plan. Sees what `connection` has written.
 */
export function* selectRows(
  connection: Connection,
  collection: CollectionRecord,
  filter: Filter,
  options: SelectOptions = {},
): Generator<SelectedRow> {
  const byRid = connection.prepare<[number, string]>(
    `SELECT version, json(doc) FROM documents_${collection.table} WHERE rid = ?`,
    'raw',
  );
  for (const rid of selectRids(connection, collection, filter, options)) {
    const row = byRid.get(rid);
    if (row !== undefined) yield { rid, version: row[0], text: row[1] };
  }
}

function selectRids(connection: Connection, collection: CollectionRecord, filter: Filter, options: SelectOptions): number[] {
  const { afterRow = 0, limit = Number.POSITIVE_INFINITY, sort, sample } = options;
  const { documents } = readCounters(connection, collection.table);
  const plan = planQuery({ connection, documents, sample }, collection, { filter });
  if (sort !== undefined && sort.length > 0) return sortedRids(connection, plan, sort, afterRow).slice(0, limit);
  const rids: number[] = [];
  const inOrder = givesRowOrder(plan);
  const from = inOrder ? { rid: afterRow } : undefined;
  for (const [rid] of walk<[number]>(connection, plan, raw('d.rid'), from)) {
    if (rid <= afterRow) continue;
    rids.push(rid);
    if (inOrder && rids.length >= limit) break;
  }
  if (!inOrder) rids.sort((a, b) => a - b);
  return rids.length > limit ? rids.slice(0, limit) : rids;
}

function givesRowOrder({ access }: QueryPlan): boolean {
  return access.kind === 'rows' ? access.rows.orderColumn === undefined : access.kind !== 'keys';
}

/** Equal ones in the order of their row ids. */
function sortedRids(connection: Connection, plan: QueryPlan, sort: Sort, afterRow: number): number[] {
  const keyed: { readonly rid: number; readonly key: Value[] }[] = [];
  for (const [rid, text] of walk<[number, string]>(connection, plan, raw('d.rid, json(d.doc)'))) {
    if (rid > afterRow) keyed.push({ rid, key: sortKey(sort, parseDocument(text)) });
  }
  keyed.sort((a, b) => compareSortKeys(sort, a.key, b.key) || a.rid - b.rid);
  return keyed.map(({ rid }) => rid);
}
