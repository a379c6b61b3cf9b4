import { AerolithError } from './aerolith-error.ts';
import { ByteWriter } from './byte-writer.ts';
import { compareNumbers, exactDigits, floorDouble, type NumberValue } from './exact-number.ts';
import { LIMITS } from './limits.ts';
import { toStored } from './stored-form.ts';
import { BRACKETS, typeBracket, typeName } from './type-name.ts';
import {
  type Binary,
  type DateTime,
  type Decimal128,
  type Document,
  Double,
  MaxKey,
  MinKey,
  type ObjectId,
  type RegularExpression,
  type Timestamp,
  type Value,
} from './value.ts';

/**
 * Keys: bytes that compare, byte by byte, as the values do.
 *
 * Invariants:
 * 1. `compareBytes(encodeKey(a), encodeKey(b))` has the sign of `compareValues(a, b)`; equal values have equal bytes.
 * 2. No key is the beginning of another, so keys can be written one after the other and still compare part by part.
 * 3. The first byte is the class of the value (`BRACKETS`). 0x00 is no class: it ends arrays and objects.
 * 4. A direction of -1 complements every byte, which turns the order round and keeps rule 2.
 *
 * After the class byte:
 * - number: 8 bytes ordered like doubles, the largest double not above it; then 00 when that is the value, else 01 and the exact
 *   decimal digits. A NaN is eight zero bytes.
 * - string: UTF-8 closed by 00. bool: one byte. date: its milliseconds as an ordered double. ObjectId: 12 bytes.
 * - binary: length (4 bytes), subtype, bytes. timestamp: seconds, ordinal (4 bytes each). regex: pattern, options, as strings.
 * - array: the keys of its elements, then 00. object: for each field class, name as string, value; then 00.
 *
 * `KEY_FORMAT` is raised when any of this changes; stored indexes are then rebuilt.
 */
export const KEY_FORMAT = 1;

export type Direction = 1 | -1;

const writer = new ByteWriter();

/**
 * The key of one value. A missing value is keyed as null.
 *
 * @example
 * toHex(encodeKey('ab')); // '0f616200'
 * compareBytes(encodeKey(-1), encodeKey(1n)) < 0; // true
 */
export function encodeKey(value: Value, direction: Direction = 1): Uint8Array<ArrayBuffer> {
  writer.reset();
  writeDirected(value, direction);
  return writer.take();
}

/**
 * The keys of several values in one, so that they compare first by the first value, then by the second, and so on.
 *
 * @example
 * toHex(encodeCompoundKey(['a', true], [1, -1])); // '0f6100d7fe'
 */
export function encodeCompoundKey(values: readonly Value[], directions: readonly Direction[]): Uint8Array<ArrayBuffer> {
  writer.reset();
  for (let i = 0; i < values.length; i++) writeDirected(values[i]!, directions[i] ?? 1);
  return writer.take();
}

/**
 * The key of an `_id`.
 * @throws invalid_id for an array, a regular expression, MinKey or MaxKey, for a value that holds a field whose name begins with `$`,
 *   and for one whose stored text is over `LIMITS.idBytes`.
 */
export function encodeIdKey(value: Value): Uint8Array<ArrayBuffer> {
  assertId(value);
  return encodeKey(value);
}

/** @throws invalid_id as `encodeIdKey` does. */
export function assertId(value: Value): void {
  const bracket = typeBracket(value);
  if (bracket === BRACKETS.array || bracket === BRACKETS.regex || value instanceof MinKey || value instanceof MaxKey) {
    throw new AerolithError('invalid_id', `An _id cannot be of type ${typeName(value)}; use a string, a number or an ObjectId.`, {
      type: typeName(value),
    });
  }
  if (isShort(value, bracket)) return;
  const operator = dollarName(value);
  if (operator !== undefined) {
    throw new AerolithError('invalid_id', `An _id cannot hold the field "${operator}": names in it do not begin with "$".`, {
      field: operator,
    });
  }
  const bytes = new TextEncoder().encode(toStored(value)).length;
  if (bytes <= LIMITS.idBytes) return;
  throw new AerolithError('invalid_id', `The _id takes ${bytes} bytes; at most ${LIMITS.idBytes} are allowed.`, {
    bytes,
    limit: LIMITS.idBytes,
  });
}

/** A field name at any depth of the value that begins with `$`: no filter could ask for such an id by equality. */
function dollarName(value: Value): string | undefined {
  if (value instanceof Map) {
    for (const [name, inner] of value) {
      const found = name.startsWith('$') ? name : dollarName(inner);
      if (found !== undefined) return found;
    }
  } else if (Array.isArray(value)) {
    for (const inner of value) {
      const found = dollarName(inner);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Whether the stored text is under the limit whatever the value. An escaped UTF-16 unit takes 6 bytes at most. */
function isShort(value: Value, bracket: number): boolean {
  if (typeof value === 'string') return value.length * 6 + 2 <= LIMITS.idBytes;
  return bracket !== BRACKETS.object && bracket !== BRACKETS.binData;
}

function writeDirected(value: Value, direction: Direction): void {
  const start = writer.length;
  writeKey(value);
  if (direction === -1) writer.invertFrom(start);
}

function writeKey(value: Value): void {
  const bracket = typeBracket(value);
  writer.byte(bracket);
  writePayload(bracket, value);
}

function writePayload(bracket: number, value: Value): void {
  switch (bracket) {
    case BRACKETS.number:
      writeNumber(value as NumberValue);
      break;
    case BRACKETS.string:
      writer.orderedText(value as string);
      break;
    case BRACKETS.object:
      writeDocument(value as Document);
      break;
    case BRACKETS.array:
      writeArray(value as Value[]);
      break;
    case BRACKETS.binData:
      writeBinary(value as Binary);
      break;
    case BRACKETS.objectId:
      writer.hex((value as ObjectId).hex);
      break;
    case BRACKETS.bool:
      writer.byte(value === true ? 1 : 0);
      break;
    case BRACKETS.date:
      writer.orderedDouble((value as DateTime).ms);
      break;
    case BRACKETS.timestamp:
      writeTimestamp(value as Timestamp);
      break;
    case BRACKETS.regex:
      writeRegularExpression(value as RegularExpression);
      break;
  }
}

function writeNumber(value: NumberValue): void {
  const exact = typeof value === 'number' ? value : value instanceof Double ? value.value : undefined;
  if (exact === undefined) writeWideNumber(value as bigint | Decimal128);
  else writeDouble(exact);
}

function writeDouble(value: number): void {
  writer.orderedDouble(value);
  writer.byte(0);
}

function writeWideNumber(value: bigint | Decimal128): void {
  const floor = floorDouble(value);
  if (compareNumbers(floor, value) === 0) {
    writeDouble(floor);
  } else {
    writer.orderedDouble(floor);
    writer.byte(1);
    writeDigits(exactDigits(value));
  }
}

/** Keeps magnitudes of decimal128 (-6175 to 6145) above zero in 16 bits. */
const MAGNITUDE_BIAS = 0x4000;

/** Digits are written as 1 to 10 and closed by 0, so that 0.5 is below 0.51; a negative number is complemented as a whole. */
function writeDigits(exact: { negative: boolean; digits: string; magnitude: number }): void {
  const start = writer.length;
  writer.uint16(exact.magnitude + MAGNITUDE_BIAS);
  for (let i = 0; i < exact.digits.length; i++) writer.byte(exact.digits.charCodeAt(i) - 0x2f);
  writer.byte(0);
  if (exact.negative) writer.invertFrom(start);
}

function writeDocument(document: Document): void {
  for (const [name, value] of document) {
    const bracket = typeBracket(value);
    writer.byte(bracket);
    writer.orderedText(name);
    writePayload(bracket, value);
  }
  writer.byte(0);
}

function writeArray(values: Value[]): void {
  for (const value of values) writeKey(value);
  writer.byte(0);
}

function writeBinary(value: Binary): void {
  writer.uint32(value.bytes.length);
  writer.byte(value.subtype);
  writer.raw(value.bytes);
}

function writeTimestamp(value: Timestamp): void {
  writer.uint32(value.seconds);
  writer.uint32(value.ordinal);
}

function writeRegularExpression(value: RegularExpression): void {
  writer.orderedText(value.pattern);
  writer.orderedText(value.options);
}
