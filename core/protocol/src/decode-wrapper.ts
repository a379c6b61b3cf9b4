import { AerolithError } from './aerolith-error.ts';
import { decodeBase64 } from './base64.ts';
import { parseDecimal128 } from './decimal128.ts';
import { DATE_MS_MAX, parseIsoDate } from './iso-date.ts';
import { keepsNumber } from './number-text.ts';
import {
  Binary,
  DateTime,
  type Document,
  double,
  isInt32,
  MaxKey,
  MinKey,
  ObjectId,
  RegularExpression,
  Timestamp,
  type Value,
} from './value.ts';

/**
 * Extended JSON v2 type wrappers: an object with one field whose name says the type. An object that holds such a name and is not
 * of the wrapper's shape is refused, so that a typing error never becomes a document. Other `$` names are ordinary.
 */
const DECODERS: ReadonlyMap<string, (inner: Value) => Value | undefined> = new Map<string, (inner: Value) => Value | undefined>([
  ['$oid', decodeObjectId],
  ['$date', decodeDate],
  ['$numberInt', decodeInt],
  ['$numberLong', decodeLong],
  ['$numberDouble', decodeDouble],
  ['$numberDecimal', decodeDecimal],
  ['$binary', decodeBinary],
  ['$uuid', decodeUuid],
  ['$regularExpression', decodeRegularExpression],
  ['$timestamp', decodeTimestamp],
  ['$minKey', (inner) => (inner === 1 ? new MinKey() : undefined)],
  ['$maxKey', (inner) => (inner === 1 ? new MaxKey() : undefined)],
]);

/** What each wrapper looks like, for the error that refuses another shape. */
const SHAPES: Readonly<Record<string, string>> = {
  $oid: '{"$oid":"<24 hexadecimal digits>"}',
  $date:
    '{"$date":"2020-01-01T00:00:00.000Z"}, with a zone and at most milliseconds, or {"$date":{"$numberLong":"<milliseconds>"}}',
  $numberInt: '{"$numberInt":"<integer of 32 bits>"}',
  $numberLong: '{"$numberLong":"<integer of 64 bits>"}',
  $numberDouble: '{"$numberDouble":"<number, NaN, Infinity or -Infinity>"}',
  $numberDecimal: '{"$numberDecimal":"<decimal number as text>"}',
  $binary: '{"$binary":{"base64":"<padded base64>","subType":"<2 hexadecimal digits>"}}',
  $uuid: '{"$uuid":"<8-4-4-4-12 hexadecimal digits>"}',
  $regularExpression: '{"$regularExpression":{"pattern":"<text>","options":"<letters out of imsux, in that order>"}}',
  $timestamp: '{"$timestamp":{"t":<seconds>,"i":<ordinal>}}, both integers of 32 bits, not negative',
  $minKey: '{"$minKey":1}',
  $maxKey: '{"$maxKey":1}',
};

/** BSON types that AerolithDB does not store. */
const UNSUPPORTED: ReadonlySet<string> = new Set(['$code', '$scope', '$symbol', '$dbPointer', '$undefined']);

/** Whether a field of this name makes an object a type wrapper, so that no document may have it. */
export function isWrapperName(name: string): boolean {
  return DECODERS.has(name) || UNSUPPORTED.has(name);
}

/**
 * The value that a parsed object stands for; the object itself when it holds no wrapper's name.
 * @throws invalid_value when it holds one and has another shape, or the type is not supported.
 */
export function decodeWrapper(object: Document): Value {
  for (const [name, inner] of object) {
    if (UNSUPPORTED.has(name)) throw unsupported(name);
    const decode = DECODERS.get(name);
    if (decode === undefined) continue;
    const value = object.size === 1 ? decode(inner) : undefined;
    if (value === undefined) throw wrongShape(name);
    return value;
  }
  return object;
}

function wrongShape(name: string): AerolithError {
  return new AerolithError('invalid_value', `A ${name} wrapper must be ${SHAPES[name]}, with no other field.`, { wrapper: name });
}

function unsupported(name: string): AerolithError {
  return new AerolithError(
    'invalid_value',
    `The type of ${name} cannot be stored; rename the field or store the value as text.`,
    {
      wrapper: name,
    },
  );
}

function decodeObjectId(inner: Value): Value | undefined {
  return typeof inner === 'string' && /^[0-9a-fA-F]{24}$/.test(inner) ? new ObjectId(inner.toLowerCase()) : undefined;
}

function decodeDate(inner: Value): Value | undefined {
  const ms = typeof inner === 'string' ? parseIsoDate(inner) : wholeNumber(inner);
  if (ms === undefined || Math.abs(ms) > DATE_MS_MAX) return undefined;
  return new DateTime(ms);
}

/** An int32 or int64, however it was written, as a number. */
function wholeNumber(value: Value): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && isInt32(value) ? value : undefined;
}

const INTEGER = /^-?(0|[1-9]\d{0,18})$/;

function decodeInt(inner: Value): Value | undefined {
  if (typeof inner !== 'string' || !INTEGER.test(inner)) return undefined;
  const value = Number(inner);
  return isInt32(value) ? value : undefined;
}

function decodeLong(inner: Value): Value | undefined {
  if (typeof inner !== 'string' || !INTEGER.test(inner)) return undefined;
  const value = BigInt(inner);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

const DOUBLE = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

function decodeDouble(inner: Value): Value | undefined {
  if (typeof inner !== 'string') return undefined;
  if (inner === 'NaN') return Number.NaN;
  if (inner === 'Infinity' || inner === '-Infinity') return Number(inner);
  if (!DOUBLE.test(inner)) return undefined;
  const value = Number(inner);
  return keepsNumber(value, inner) ? double(value) : undefined;
}

function decodeDecimal(inner: Value): Value | undefined {
  return typeof inner === 'string' ? parseDecimal128(inner) : undefined;
}

function decodeBinary(inner: Value): Value | undefined {
  if (!(inner instanceof Map) || inner.size !== 2) return undefined;
  const base64 = inner.get('base64');
  const subType = inner.get('subType');
  if (typeof base64 !== 'string' || typeof subType !== 'string' || !/^[0-9a-fA-F]{1,2}$/.test(subType)) return undefined;
  const bytes = decodeBase64(base64);
  return bytes === undefined ? undefined : new Binary(bytes, Number.parseInt(subType, 16));
}

const UUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
const UUID_SUBTYPE = 4;

function decodeUuid(inner: Value): Value | undefined {
  if (typeof inner !== 'string' || !UUID.test(inner)) return undefined;
  const digits = inner.replaceAll('-', '');
  const bytes = new Uint8Array(16);
  for (let i = 0; i < 16; i++) bytes[i] = Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16);
  return new Binary(bytes, UUID_SUBTYPE);
}

function decodeRegularExpression(inner: Value): Value | undefined {
  if (!(inner instanceof Map) || inner.size !== 2) return undefined;
  const pattern = inner.get('pattern');
  const options = inner.get('options');
  if (typeof pattern !== 'string' || typeof options !== 'string') return undefined;
  if (pattern.includes('\0') || !/^i?m?s?u?x?$/.test(options)) return undefined;
  return new RegularExpression(pattern, options);
}

function decodeTimestamp(inner: Value): Value | undefined {
  if (!(inner instanceof Map) || inner.size !== 2) return undefined;
  const seconds = uint32(inner.get('t'));
  const ordinal = uint32(inner.get('i'));
  return seconds === undefined || ordinal === undefined ? undefined : new Timestamp(seconds, ordinal);
}

function uint32(value: Value | undefined): number | undefined {
  const whole = value === undefined ? undefined : wholeNumber(value);
  return whole !== undefined && whole >= 0 && whole <= 0xffff_ffff ? whole : undefined;
}
