import { compareValues, MinKey, type Value } from '@aerolithdb/protocol';

/** BSON order with missing between MinKey and null, as expressions compare (filters take missing for null). */
export function compareOptional(a: Value | undefined, b: Value | undefined): number {
  if (a !== undefined && b !== undefined) return compareValues(a, b);
  if (a === b) return 0;
  if (a === undefined) return b instanceof MinKey ? 1 : -1;
  return a instanceof MinKey ? -1 : 1;
}
