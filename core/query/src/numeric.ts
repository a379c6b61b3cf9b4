import { Decimal128, Double, type Value } from '@aerolithdb/protocol';

/** The value of a number of any kind as a double (for operands that are small, such as 1, -1 or a size), else undefined. */
export function asNumber(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Double) return value.value;
  return value instanceof Decimal128 ? Number(value.text) : undefined;
}

/** The value of a number that is whole and safe, else undefined. */
export function asWholeNumber(value: Value | undefined): number | undefined {
  const number = asNumber(value);
  return Number.isSafeInteger(number) ? number! + 0 : undefined;
}
