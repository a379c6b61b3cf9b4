import { Decimal128, Double, equalValues, isDocument, typeName, type Value } from '@aerolithdb/protocol';

/**
 * Whether two values are the same in every bit that is stored: type, value, order of fields. `equalValues` is weaker: to it 1,
 * 1.0 and a decimal 1.00 are equal.
 */
export function identical(a: Value, b: Value): boolean {
  if (typeof a === 'number' || typeof b === 'number') return Object.is(a, b);
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((element, i) => identical(element, b[i]!));
  if (isDocument(a)) return isDocument(b) && a.size === b.size && sameFields([...a], [...b]);
  if (a instanceof Decimal128) return b instanceof Decimal128 && a.text === b.text;
  if (a instanceof Double) return b instanceof Double && a.value === b.value;
  return typeName(a) === typeName(b) && equalValues(a, b);
}

function sameFields(a: readonly [string, Value][], b: readonly [string, Value][]): boolean {
  return a.every(([name, value], i) => name === b[i]![0] && identical(value, b[i]![1]));
}
