import { AerolithError } from './aerolith-error.ts';
import { decodeWrapper } from './decode-wrapper.ts';
import { LIMITS } from './limits.ts';
import {
  Binary,
  DateTime,
  Decimal128,
  type Document,
  Double,
  double,
  integer,
  MaxKey,
  MinKey,
  ObjectId,
  RegularExpression,
  Timestamp,
  type Value,
} from './value.ts';

/*
 * Between plain JavaScript and values, for users of SDKs. This is the one file of the core that may name the class Date: it only
 * carries an instant in or out, and never asks for the time.
 */

const CLASSES = [Double, Decimal128, DateTime, ObjectId, Binary, RegularExpression, Timestamp, MinKey, MaxKey];

/**
 * The value of plain JavaScript: null, booleans, numbers (a safe integer becomes int32 or int64, all else a double), bigint,
 * strings, Date, Uint8Array, RegExp, arrays, Map, plain objects, and the value classes themselves. A field that is undefined is
 * left out; an Extended JSON wrapper (`{$oid: '…'}`) becomes the value it stands for.
 *
 * @throws invalid_value for anything else, and too_deep (which a cycle also is)
 *
 * @example
 * toStored(fromPlain({ n: 1, at: new Date(5) })); // '{"n":1,"at":{"$date":5}}'
 */
export function fromPlain(plain: unknown): Value {
  return convertIn(plain, 0);
}

function convertIn(plain: unknown, level: number): Value {
  if (plain === null || typeof plain === 'boolean' || typeof plain === 'string') return plain;
  if (typeof plain === 'number') return Number.isSafeInteger(plain) && !Object.is(plain, -0) ? integer(plain) : double(plain);
  if (typeof plain === 'bigint') return int64(plain);
  if (typeof plain !== 'object') throw notAValue(typeof plain);
  if (level >= LIMITS.depth) {
    throw new AerolithError('too_deep', `The value is nested deeper than ${LIMITS.depth} levels, or holds itself.`);
  }
  if (Array.isArray(plain)) return Array.from(plain, (element: unknown) => convertIn(element, level + 1));
  if (plain instanceof Map) return documentIn(plain.entries(), level + 1);
  return objectIn(plain, level);
}

function int64(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new AerolithError('invalid_value', `${value} is beyond 64 bits; use a double or a decimal.`, { value: String(value) });
}

function objectIn(plain: object, level: number): Value {
  if (plain instanceof Date) return dateIn(plain);
  if (plain instanceof RegExp) return regularExpressionIn(plain);
  if (plain instanceof Uint8Array) return new Binary(Uint8Array.from(plain));
  if (CLASSES.some((valueClass) => plain instanceof valueClass)) return plain as Value;
  const prototype: unknown = Object.getPrototypeOf(plain);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw notAValue(plain.constructor?.name ?? 'object');
  return documentIn(Object.entries(plain), level + 1);
}

/** A type wrapper stands for its value here too, as it would in JSON. */
function documentIn(entries: Iterable<[unknown, unknown]>, level: number): Value {
  const document: Document = new Map();
  for (const [name, value] of entries) {
    if (typeof name !== 'string') throw notAValue(`Map with a key of type ${typeof name}`);
    if (value !== undefined) document.set(name, convertIn(value, level));
  }
  return decodeWrapper(document);
}

function dateIn(date: Date): DateTime {
  const ms = date.getTime();
  if (Number.isNaN(ms)) throw new AerolithError('invalid_value', 'A Date is invalid; give it a time.');
  return new DateTime(ms);
}

/** Flags that a stored expression has; `g`, `y`, `d` and `v` say how one search runs. */
const STORED_FLAGS = /^[imsu]*$/;

function regularExpressionIn(expression: RegExp): RegularExpression {
  const flags = [...expression.flags].sort().join('');
  if (STORED_FLAGS.test(flags)) return new RegularExpression(expression.source, flags);
  throw new AerolithError(
    'invalid_value',
    `A regular expression with the flags "${flags}" cannot be stored; use only i, m, s and u.`,
  );
}

function notAValue(what: string): AerolithError {
  return new AerolithError(
    'invalid_value',
    `A value of type ${what} cannot be stored; turn it into a plain object or a string.`,
    {
      type: what,
    },
  );
}

/**
 * Plain JavaScript of a value: numbers as number (an int64 that is not safe as bigint), dates as Date, binary of subtype 0 as
 * Uint8Array, regular expressions as RegExp when that says the same, documents as plain objects, everything else as its class.
 * Plain objects list integer-like names first, whatever the order in the document.
 */
export function toPlain(value: Value): unknown {
  if (typeof value === 'bigint') return plainInteger(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toPlain);
  if (value instanceof Map) return plainObject(value);
  if (value instanceof DateTime) return new Date(value.ms);
  if (value instanceof Double) return value.value;
  if (value instanceof Binary) return value.subtype === 0 ? value.bytes : value;
  return value instanceof RegularExpression ? plainRegularExpression(value) : value;
}

function plainInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function plainObject(document: Document): object {
  return Object.fromEntries([...document].map(([name, value]) => [name, toPlain(value)]));
}

function plainRegularExpression(value: RegularExpression): RegExp | RegularExpression {
  try {
    const expression = new RegExp(value.pattern, value.options);
    return expression.source === value.pattern ? expression : value;
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}
