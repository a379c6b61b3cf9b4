import { createHash } from 'node:crypto';
import { AerolithError, type FindRequest } from '@aerolithdb/protocol';

/**
 * Where a find goes on. It is opaque to callers: base64url of JSON.
 *
 * - `row`: after this row, in the order of rows. Rows written since then are seen when they come later.
 * - `entry`: after this entry of the index `index` (`_id_` for ids), in its order.
 * - `offset`: after so many documents of a sorted result, which is found by `index` and made anew for each page: what was written since then may
 *   shift it. Read at a height (`at`) where that matters.
 */
export type CursorPlace =
  | { readonly by: 'row'; readonly index: string; readonly rid: number }
  | { readonly by: 'entry'; readonly index: string; readonly key: Uint8Array; readonly rid: number }
  | { readonly by: 'offset'; readonly offset: number; readonly index?: string };

export type Cursor = CursorPlace & {
  /** Documents that the limit still leaves; absent without a limit. */
  readonly left?: number;
};

type Wire = { q: string; by: string; i?: string; k?: string; r?: number; o?: number; l?: number };

export function encodeCursor(cursor: Cursor, request: FindRequest, table: number): string {
  const wire: Wire = { q: queryHash(request, table), by: cursor.by };
  if (cursor.index !== undefined) wire.i = cursor.index;
  if (cursor.by === 'offset') wire.o = cursor.offset;
  else {
    wire.r = cursor.rid;
    if (cursor.by === 'entry') wire.k = Buffer.from(cursor.key).toString('base64url');
  }
  if (cursor.left !== undefined) wire.l = cursor.left;
  return Buffer.from(JSON.stringify(wire)).toString('base64url');
}

/** Throws `invalid_cursor` when it is malformed or was given out for another query. */
export function decodeCursor(text: string, request: FindRequest, table: number): Cursor {
  const wire = readWire(text);
  if (wire === undefined) throw invalidCursor('The cursor is malformed; use it as it was given, or start again without it.');
  if (wire.q !== queryHash(request, table))
    throw invalidCursor('The cursor belongs to another query; send the same query with it, or start again without it.');
  const place = placeOf(wire);
  if (place === undefined) throw invalidCursor('The cursor is malformed; use it as it was given, or start again without it.');
  return wire.l === undefined ? place : { ...place, left: wire.l };
}

export function invalidCursor(message: string): AerolithError {
  return new AerolithError('invalid_cursor', message);
}

function readWire(text: string): Wire | undefined {
  try {
    const wire: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return isWire(wire) ? wire : undefined;
  } catch {
    return undefined;
  }
}

function isWire(wire: unknown): wire is Wire {
  if (typeof wire !== 'object' || wire === null) return false;
  const { q, by, i = '', k = '', r = 0, o = 0, l = 0 } = wire as Readonly<Record<keyof Wire, unknown>>;
  const texts = [q, by, i, k];
  const numbers = [r, o, l];
  return (
    texts.every((field) => typeof field === 'string') &&
    numbers.every((field) => Number.isSafeInteger(field) && Number(field) >= 0)
  );
}

function placeOf({ by, i, k, r, o }: Wire): CursorPlace | undefined {
  if (by === 'offset' && o !== undefined) return i === undefined ? { by, offset: o } : { by, offset: o, index: i };
  if (i === undefined || r === undefined) return undefined;
  if (by === 'row') return { by, index: i, rid: r };
  return by === 'entry' && k !== undefined ? { by, index: i, key: Buffer.from(k, 'base64url'), rid: r } : undefined;
}

/** What makes two finds the same query: all but page and projection. The collection's table number tells a recreated one apart. */
function queryHash({ filter, sort, hint, at }: FindRequest, table: number): string {
  const text = JSON.stringify([table, filter ?? '{}', sort ?? '{}', hint ?? null, at ?? null]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
