import type { Sort } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';
import { pinOf } from '../plan/hint.ts';
import type { QueryPlan } from '../plan/query-plan.ts';
import { metadataColumn, metadataOfRow } from '../plan/row-metadata.ts';
import { raw, sql } from '../plan/sql-fragment.ts';
import { walk } from '../plan/walk.ts';
import { sortColumns } from './field-columns.ts';
import type { Finding, FoundPage } from './find.ts';
import { type FoundText, outgoingFound } from './outgoing.ts';
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
  const rows = firstRows(context.connection, plan, sort, offset + wanted + 1).slice(offset);
  const page = new Page(left, parts.batch);
  for (const text of textsOf(context.connection, plan, rows)) {
    page.add(outgoingFound(text, plan, parts.projection));
    if (page.isFull) break;
  }
  return { text: page.text(), count: page.count, cursor: pinned(nextCursor(offset, page.count, rows.length, left), plan) };
}

/** The rows are found anew for the next page, in the same way, so that equal ones come in the same order. */
function pinned(cursor: FoundPage['cursor'], { access }: QueryPlan): FoundPage['cursor'] {
  return cursor?.by === 'offset' ? { ...cursor, index: pinOf(access) } : cursor;
}

/** All documents of such a sort, or as many as the limit says, as stored texts. Throws `sort_too_large`. */
export function sortedTexts({ context, plan, parts }: Finding, sort: Sort): Iterable<FoundText> {
  const count = parts.limit === undefined ? READ_LIMITS.sortRows : parts.skip + parts.limit;
  return textsOf(context.connection, plan, firstRows(context.connection, plan, sort, count).slice(parts.skip));
}

/** A row and what metadata is made of. */
export type SortedRow = readonly [rid: number, value: number | null];

/** The first `count` rows of the sort. */
function firstRows(connection: Connection, plan: QueryPlan, sort: Sort, count: number): SortedRow[] {
  const { columns, key } = sortColumns(sort);
  const top = new TopRows<SortedRow>(sort, count);
  const all = sql`${raw('d.rid')}, ${metadataColumn(plan)}, ${columns}`;
  for (const row of walk<readonly [number, number | null, ...(string | null)[]]>(connection, plan, all)) {
    const values = row.slice(2, -1) as (string | null)[];
    top.add([row[0], row[1]], key(values, metadataOfRow(plan, row[1])), unitsOf(values));
  }
  return top.sorted();
}

function* textsOf(connection: Connection, plan: QueryPlan, rows: readonly SortedRow[]): Generator<FoundText> {
  const byRid = connection.prepare<string>(`SELECT json(doc) FROM documents_${plan.collection.table} WHERE rid = ?`, 'pluck');
  for (const [rid, value] of rows) {
    const text = byRid.get(rid);
    if (text !== undefined) yield [text, value];
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
