import {
  Binary,
  DATE_MS_MAX,
  DateTime,
  Decimal128,
  double,
  isInt32,
  ObjectId,
  objectIdSeconds,
  Timestamp,
  type Value,
} from '@aerolithdb/protocol';
import { isDouble, toDecimal, toNumber } from '../arithmetic.ts';
import { parseDateText } from '../calendar/parse-date-text.ts';
import { roundDecimal } from '../decimal-division.ts';
import { asNumber } from '../numeric.ts';
import { isNumber } from './number-argument.ts';
import { parseDecimalText, parseDoubleText, parseWholeText } from './number-text.ts';
import { isTrue } from './truth.ts';
import { parseUuid, uuidText } from './uuid-text.ts';
import { valueText } from './value-text.ts';

export const CONVERSION_TYPES = ['double', 'string', 'objectId', 'bool', 'date', 'int', 'long', 'decimal', 'binData'] as const;
export type ConversionType = (typeof CONVERSION_TYPES)[number];

/** The value as another type; undefined when it has none. The value is neither null nor missing. */
export function convertValue(value: Value, to: Exclude<ConversionType, 'binData'>): Value | undefined {
  switch (to) {
    case 'bool':
      return isNumber(value) || typeof value === 'boolean' ? isTrue(value) : true;
    case 'string':
      return valueText(value);
    case 'objectId':
      return value instanceof ObjectId ? value : typeof value === 'string' ? objectIdOf(value) : undefined;
    case 'date':
      return toDate(value);
    case 'decimal':
      return typeof value === 'string' ? parseDecimalText(value) : decimalOf(value);
    case 'double':
      return typeof value === 'string' ? parseDoubleText(value) : doubleOf(value);
    case 'int':
      return narrowed(wholeOf(value, false));
    case 'long':
      return within64(wholeOf(value, true));
  }
}

/** The UUID of a text or of bytes; undefined when there is none. */
export function toUuid(value: Value): Binary | undefined {
  if (typeof value === 'string') return parseUuid(value);
  return value instanceof Binary && uuidText(value) !== undefined ? value : undefined;
}

function objectIdOf(text: string): ObjectId | undefined {
  return /^[0-9a-fA-F]{24}$/.test(text) ? new ObjectId(text.toLowerCase()) : undefined;
}

function toDate(value: Value): DateTime | undefined {
  if (value instanceof DateTime) return value;
  if (typeof value === 'string') return parseDateText(value);
  if (value instanceof ObjectId) return new DateTime(objectIdSeconds(value) * 1000);
  if (value instanceof Timestamp) return new DateTime(value.seconds * 1000);
  // An int32 is no time in milliseconds: MongoDB refuses it too, since it would always be a day of January or December 1970.
  if (!isNumber(value) || (typeof value === 'number' && isInt32(value))) return undefined;
  const ms = Math.trunc(asNumber(value)!);
  return Math.abs(ms) <= DATE_MS_MAX ? new DateTime(ms + 0) : undefined;
}

function decimalOf(value: Value): Value | undefined {
  if (typeof value === 'boolean') return new Decimal128(value ? '1' : '0');
  if (value instanceof DateTime) return new Decimal128(String(value.ms));
  return isNumber(value) ? toDecimal(value) : undefined;
}

function doubleOf(value: Value): Value | undefined {
  if (typeof value === 'boolean') return double(value ? 1 : 0);
  if (value instanceof DateTime) return double(value.ms);
  if (!isNumber(value)) return undefined;
  const number = asNumber(value)!;
  const overflows = value instanceof Decimal128 && !Number.isFinite(number) && !/^-?(Infinity|NaN)$/.test(value.text);
  return overflows ? undefined : double(number);
}

/** The whole part of a number, of any size. A date has one in milliseconds, when dates are asked for. */
function wholeOf(value: Value, dates: boolean): bigint | undefined {
  if (typeof value === 'string') return parseWholeText(value);
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (value instanceof DateTime) return dates ? BigInt(value.ms) : undefined;
  if (value instanceof Decimal128) return wholeOfDecimal(value);
  if (!isNumber(value)) return undefined;
  if (!isDouble(value)) return BigInt(value as number | bigint);
  const number = toNumber(value);
  return Number.isFinite(number) ? BigInt(Math.trunc(number)) : undefined;
}

function wholeOfDecimal(value: Decimal128): bigint | undefined {
  // Beyond this it is not in int64 anyway, and would be very many digits.
  if (!(Math.abs(Number(value.text)) < 2 ** 64)) return undefined;
  const [digits, exponent] = roundDecimal(value, 0, 'truncate').text.split('E') as [string, string?];
  if (exponent === undefined) return BigInt(digits);
  const [whole, fraction = ''] = digits.split('.') as [string, string?];
  return Number(exponent) < 0 ? 0n : BigInt(whole + fraction.padEnd(Number(exponent), '0'));
}

function narrowed(whole: bigint | undefined): number | undefined {
  return whole !== undefined && BigInt.asIntN(32, whole) === whole ? Number(whole) : undefined;
}

function within64(whole: bigint | undefined): bigint | undefined {
  return whole !== undefined && BigInt.asIntN(64, whole) === whole ? whole : undefined;
}
