import { Decimal128, Double, toStored, type Value } from '@aerolithdb/protocol';

/**
 * A text that two answers share when they are the same but for what is left open: the type of a number, the last digits of a sum of
 * doubles, and the order of a set.
 */
export function comparable(value: Value): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'bigint') return numberText(Number(value));
  if (value instanceof Double) return numberText(value.value);
  if (value instanceof Decimal128) return numberText(Number(value.text));
  if (Array.isArray(value)) return `[${value.map(comparable).sort().join(',')}]`;
  if (value instanceof Map) return `{${[...value].map(([name, inner]) => `${name}:${comparable(inner)}`).join(',')}}`;
  return toStored(value);
}

function numberText(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e9 ? String(value + 0) : value.toPrecision(9);
}
