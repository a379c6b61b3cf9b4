import type { Sort } from '@aerolithdb/query';
import { raw, sql } from '../plan/sql-fragment.ts';
import { walk } from '../plan/walk.ts';
import { sortColumns } from './field-columns.ts';
import type { Finding, FoundPage } from './find.ts';
import { outgoing } from './outgoing.ts';
import { Page, pageDocuments } from './page.ts';
import { TopRows } from './top-rows.ts';

/**
 * A page of a sort that no index gives: the sort fields of all selected rows are read, the first ones kept, and only their
 * documents fetched. Equal ones come in the order of the walk. Throws `sort_too_large`.
 */
export function findSorted({ context, plan, parts, cursor }: Finding, sort: Sort): FoundPage {
  const offset = cursor?.by === 'offset' ? cursor.offset : parts.skip;
  const left = cursor === undefined ? parts.limit : cursor.left;
  const wanted = pageDocuments(left, parts.batch);
  const { columns, key } = sortColumns(sort);
  const top = new TopRows<number>(sort, offset + wanted + 1);
  for (const row of walk<[number, ...(string | null)[]]>(context.connection, plan, sql`${raw('d.rid')}, ${columns}`)) {
    const values = row.slice(1, -1) as (string | null)[];
    top.add(row[0], key(values), unitsOf(values));
  }
  const rids = top.sorted().slice(offset);
  const byRid = context.connection.prepare<string>(
    `SELECT json(doc) FROM documents_${plan.collection.table} WHERE rid = ?`,
    'pluck',
  );
  const page = new Page(left, parts.batch);
  for (const rid of rids) {
    if (page.isFull) break;
    const text = byRid.get(rid);
    if (text !== undefined) page.add(outgoing(text, parts.projection));
  }
  return { text: page.text(), count: page.count, cursor: nextCursor(offset, page.count, rids.length, left) };
}

/** What a key costs in memory is about what its texts do, and never nothing. */
export function unitsOf(values: readonly (string | null)[]): number {
  return values.reduce((sum, value) => sum + 16 + (value?.length ?? 0), 64);
}

export function nextCursor(offset: number, count: number, found: number, left: number | undefined): FoundPage['cursor'] {
  if (count >= found || (left !== undefined && count >= left)) return undefined;
  const place = { by: 'offset', offset: offset + count } as const;
  return left === undefined ? place : { ...place, left: left - count };
}
