import type { Sort } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';
import { pinOf } from '../plan/hint.ts';
import type { QueryPlan } from '../plan/query-plan.ts';
import { raw, sql } from '../plan/sql-fragment.ts';
import { walk } from '../plan/walk.ts';
import { sortColumns } from './field-columns.ts';
import type { Finding, FoundPage } from './find.ts';
import { outgoing } from './outgoing.ts';
import { Page, pageDocuments } from './page.ts';
import { READ_LIMITS } from './read-limits.ts';
import { TopRows } from './top-rows.ts';

/**
 * A page of a sort that no index gives: the sort fields of all selected rows are read, the first ones kept, and only their
 * documents fetched. Equal ones come in the order of the walk. Throws `sort_too_large`.
 */
export function findSorted({ context, plan, parts, cursor }: Finding, sort: Sort): FoundPage {
  const offset = cursor?.by === 'offset' ? cursor.offset : parts.skip;
  const left = cursor === undefined ? parts.limit : cursor.left;
  const wanted = pageDocuments(left, parts.batch);
  const rids = firstRids(context.connection, plan, sort, offset + wanted + 1).slice(offset);
  const page = new Page(left, parts.batch);
  for (const text of textsOf(context.connection, plan, rids)) {
    page.add(outgoing(text, parts.projection));
    if (page.isFull) break;
  }
  return { text: page.text(), count: page.count, cursor: pinned(nextCursor(offset, page.count, rids.length, left), plan) };
}

/** The rows are found anew for the next page, in the same way, so that equal ones come in the same order. */
function pinned(cursor: FoundPage['cursor'], { access }: QueryPlan): FoundPage['cursor'] {
  return cursor?.by === 'offset' ? { ...cursor, index: pinOf(access) } : cursor;
}

/** All documents of such a sort, or as many as the limit says, as stored texts. Throws `sort_too_large`. */
export function sortedTexts({ context, plan, parts }: Finding, sort: Sort): Iterable<string> {
  const count = parts.limit === undefined ? READ_LIMITS.sortRows : parts.skip + parts.limit;
  return textsOf(context.connection, plan, firstRids(context.connection, plan, sort, count).slice(parts.skip));
}

/** The first `count` rows of the sort. */
function firstRids(connection: Connection, plan: QueryPlan, sort: Sort, count: number): number[] {
  const { columns, key } = sortColumns(sort);
  const top = new TopRows<number>(sort, count);
  for (const row of walk<[number, ...(string | null)[]]>(connection, plan, sql`${raw('d.rid')}, ${columns}`)) {
    const values = row.slice(1, -1) as (string | null)[];
    top.add(row[0], key(values), unitsOf(values));
  }
  return top.sorted();
}

function* textsOf(connection: Connection, plan: QueryPlan, rids: readonly number[]): Generator<string> {
  const byRid = connection.prepare<string>(`SELECT json(doc) FROM documents_${plan.collection.table} WHERE rid = ?`, 'pluck');
  for (const rid of rids) {
    const text = byRid.get(rid);
    if (text !== undefined) yield text;
  }
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
