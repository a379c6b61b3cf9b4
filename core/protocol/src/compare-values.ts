import { compareText } from './compare-text.ts';
import { compareNumbers, type NumberValue } from './exact-number.ts';
import { BRACKETS, typeBracket } from './type-name.ts';
import type { Binary, DateTime, Document, ObjectId, RegularExpression, Timestamp, Value } from './value.ts';

/**
 * Compares two values in BSON order: first the class (MinKey < null < numbers < string < object < array < binary < objectId <
 * bool < date < timestamp < regex < MaxKey), then the value. Numbers of all kinds compare by value. Returns below 0, 0 or above 0.
 *
 * @example
 * compareValues('a', 5) > 0; // true
 * compareValues(5, new Decimal128('5.00')); // 0
 */
export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  const bracket = typeBracket(a);
  const difference = bracket - typeBracket(b);
  return difference !== 0 ? difference : compareWithin(bracket, a, b);
}

/** Whether the two compare as equal: `5`, `5.0` and a decimal `5.00` do. */
export function equalValues(a: Value, b: Value): boolean {
  return compareValues(a, b) === 0;
}

function compareWithin(bracket: number, a: Value, b: Value): number {
  switch (bracket) {
    case BRACKETS.number:
      return compareNumbers(a as NumberValue, b as NumberValue);
    case BRACKETS.string:
      return compareText(a as string, b as string);
    case BRACKETS.object:
      return compareDocuments(a as Document, b as Document);
    case BRACKETS.array:
      return compareArrays(a as Value[], b as Value[]);
    case BRACKETS.binData:
      return compareBinaries(a as Binary, b as Binary);
    case BRACKETS.objectId:
      return compareText((a as ObjectId).hex, (b as ObjectId).hex);
    case BRACKETS.bool:
      return Number(a) - Number(b);
    case BRACKETS.date:
      return (a as DateTime).ms - (b as DateTime).ms;
    case BRACKETS.timestamp:
      return compareTimestamps(a as Timestamp, b as Timestamp);
    case BRACKETS.regex:
      return compareRegularExpressions(a as RegularExpression, b as RegularExpression);
    default:
      return 0;
  }
}

/** Field by field: class of the value, then name, then value; then the one with fewer fields is less. */
function compareDocuments(a: Document, b: Document): number {
  const others = b.entries();
  for (const [name, value] of a) {
    const other = others.next();
    if (other.done) return 1;
    const [otherName, otherValue] = other.value;
    const order =
      typeBracket(value) - typeBracket(otherValue) || compareText(name, otherName) || compareValues(value, otherValue);
    if (order !== 0) return order;
  }
  return a.size - b.size;
}

function compareArrays(a: Value[], b: Value[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareBinaries(a: Binary, b: Binary): number {
  const order = a.bytes.length - b.bytes.length || a.subtype - b.subtype;
  return order !== 0 ? order : compareBytes(a.bytes, b.bytes);
}

/** Byte by byte; where one begins with the other, the shorter is less. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a[i] !== b[i]) return a[i]! - b[i]!;
  }
  return a.length - b.length;
}

function compareTimestamps(a: Timestamp, b: Timestamp): number {
  return a.seconds - b.seconds || a.ordinal - b.ordinal;
}

function compareRegularExpressions(a: RegularExpression, b: RegularExpression): number {
  return compareText(a.pattern, b.pattern) || compareText(a.options, b.options);
}
