import { DateTime, encodeKey, ObjectId, toHex, type Value } from '@aerolithdb/protocol';
import { exactNumber } from '../value-set.ts';

/** A text that two values share exactly when they are equal: numbers of all kinds by value, null the same as missing. */
export function valueKey(value: Value | undefined): string {
  if (typeof value === 'string') return `s${value}`;
  const number = typeof value === 'number' ? value : value === undefined || value === null ? undefined : exactNumber(value);
  if (number !== undefined) return `n${number}`;
  if (value === null || value === undefined) return '';
  if (value instanceof ObjectId) return `o${value.hex}`;
  if (value instanceof DateTime) return `d${value.ms}`;
  return toHex(encodeKey(value));
}
