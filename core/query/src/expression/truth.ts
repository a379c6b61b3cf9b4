import type { Value } from '@aerolithdb/protocol';
import { asNumber } from '../numeric.ts';

/** What counts as true: all but false, null, missing and a number that is zero. NaN, "" and [] are true. */
export function isTrue(value: Value | undefined): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return false;
  return asNumber(value) !== 0;
}

/** Null and missing, which most operators answer with null. */
export function isNullish(value: Value | undefined): value is null | undefined {
  return value === null || value === undefined;
}
