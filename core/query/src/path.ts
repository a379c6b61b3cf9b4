import { AerolithError, type ErrorCode, LIMITS } from '@aerolithdb/protocol';
import type { Path } from './filter.ts';
import { QUERY_LIMITS } from './limits.ts';

/**
 * Splits the dotted path of a filter, sort, projection or index: `'address.city'` gives `['address', 'city']`.
 *
 * Throws `code` (by default `invalid_filter`) when it has more components than documents may be deep, or more than ten numbers.
 */
export function parsePath(text: string, code: ErrorCode = 'invalid_filter'): Path {
  const path = splitPath(text, code);
  if (path.filter((component) => arrayIndex(component) !== -1).length <= QUERY_LIMITS.pathNumbers) return path;
  throw new AerolithError(code, `The path "${text}" has more than ${QUERY_LIMITS.pathNumbers} numbers; use fewer.`, {
    path: text,
  });
}

/** Splits a dotted path. Throws `code` when it has more components than documents may be deep. */
export function splitPath(text: string, code: ErrorCode): Path {
  const path = text.split('.');
  if (path.length > LIMITS.depth) {
    throw new AerolithError(code, `The path "${text.slice(0, 80)}…" has more than ${LIMITS.depth} components; shorten it.`, {
      path: text,
    });
  }
  return path;
}

/** The array index that a path component names, or -1. Only plain decimal digits without leading zeros name one. */
export function arrayIndex(component: string): number {
  const length = component.length;
  if (length === 0 || length > 9) return -1;
  const first = component.charCodeAt(0);
  if (first === 0x30) return length === 1 ? 0 : -1;
  let index = 0;
  for (let i = 0; i < length; i += 1) {
    const digit = component.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    index = index * 10 + digit;
  }
  return index;
}
