import { rowStatement, type WalkPosition } from '../plan/access-sql.ts';
import { pinOf } from '../plan/hint.ts';
import type { QueryPlan } from '../plan/query-plan.ts';
import { metadataColumn } from '../plan/row-metadata.ts';
import { raw, sql } from '../plan/sql-fragment.ts';
import { entryRids, execute, walk } from '../plan/walk.ts';
import type { Cursor, CursorPlace } from './cursor.ts';
import type { Finding, FoundPage } from './find.ts';
import { type FoundText, outgoingFound } from './outgoing.ts';
import { Page } from './page.ts';

/** `value`: what metadata is made of. */
type Row = readonly [rid: number, text: string, value: number | null, key: Uint8Array | null];

/** A page in the order of the walk. Going on costs no more than beginning: the next page starts after the last row's place. */
export function findWalking(finding: Finding): FoundPage {
  const { plan, parts, cursor } = finding;
  const left = cursor === undefined ? parts.limit : cursor.left;
  const page = new Page(left, parts.batch);
  const offset = offsetOf(finding);
  let skip = offset;
  let last: Row | undefined;
  for (const row of rowsOf(finding)) {
    if (skip > 0) {
      skip--;
      continue;
    }
    if (page.isFull) return { text: page.text(), count: page.count, cursor: nextCursor(plan, last!, left, page.count, offset) };
    page.add(outgoingFound([row[1], row[2]], plan, parts.projection));
    last = row;
    if (left !== undefined && page.count >= left) break;
  }
  return { text: page.text(), count: page.count, cursor: undefined };
}

/** All documents of the walk, or as many as the limit says, as stored texts. */
export function* walkedTexts(finding: Finding): Generator<FoundText, void, void> {
  let { skip } = finding.parts;
  let left = finding.parts.limit ?? Number.POSITIVE_INFINITY;
  for (const [, text, value] of rowsOf(finding)) {
    if (skip > 0) {
      skip--;
      continue;
    }
    yield [text, value];
    left--;
    if (left === 0) return;
  }
}

function rowsOf({ context, plan, cursor }: Finding): Iterable<Row> {
  const { access } = plan;
  if (access.kind === 'keys' && access.repeats) return rowsById(context.connection, plan, cursor?.by === 'row' ? cursor.rid : 0);
  const columns = sql`${raw('d.rid, json(d.doc)')}, ${metadataColumn(plan)}`;
  return walk<Row>(context.connection, plan, columns, positionOf(cursor));
}

function positionOf(cursor: Cursor | undefined): WalkPosition | undefined {
  if (cursor === undefined || cursor.by === 'offset') return undefined;
  return cursor.by === 'entry' ? { rid: cursor.rid, key: cursor.key } : { rid: cursor.rid };
}

/**
 * A document may have several entries in an index over arrays, on pages far apart. So there the row ids of all entries are
 * gathered first, and documents come in row order.
 */
function* rowsById(connection: Finding['context']['connection'], plan: QueryPlan, afterRow: number): Generator<Row> {
  const columns = raw('d.rid, json(d.doc), NULL, NULL');
  for (const rid of entryRids(connection, plan))
    if (rid > afterRow) yield* execute<Row>(connection, rowStatement(plan, columns, rid));
}

/** Rows to leave out before the page. */
function offsetOf({ cursor, parts }: Finding): number {
  if (cursor === undefined) return parts.skip;
  return cursor.by === 'offset' ? cursor.offset : 0;
}

function nextCursor(plan: QueryPlan, last: Row, left: number | undefined, count: number, offset: number): Cursor {
  const place = placeAfter(plan, last, offset + count);
  return left === undefined ? place : { ...place, left: left - count };
}

function placeAfter(plan: QueryPlan, [rid, , , key]: Row, offset: number): CursorPlace {
  if (plan.access.kind === 'rows' && plan.access.rows.orderColumn !== undefined)
    return { by: 'offset', offset, index: pinOf(plan.access) };
  const index = pinOf(plan.access);
  return key === null ? { by: 'row', index, rid } : { by: 'entry', index, rid, key };
}
