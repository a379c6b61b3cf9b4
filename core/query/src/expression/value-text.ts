import { Binary, DateTime, Decimal128, Double, ObjectId, type Value } from '@aerolithdb/protocol';
import { isoText } from '../calendar/civil-time.ts';
import { uuidText } from './uuid-text.ts';

/** The text of a value that has one: scalars but null, regular expressions and bytes that are no UUID. */
export function valueText(value: Value): string | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'number':
      return numberText(value);
    default:
      return objectText(value);
  }
}

function objectText(value: Value): string | undefined {
  if (value instanceof Double) return numberText(value.value);
  if (value instanceof Decimal128) return value.text;
  if (value instanceof ObjectId) return value.hex;
  if (value instanceof DateTime) return isoText(value.ms);
  return value instanceof Binary ? uuidText(value) : undefined;
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
