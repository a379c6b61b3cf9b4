import { Binary, Decimal128, Double, MaxKey, MinKey, ObjectId, RegularExpression, Timestamp } from '@aerolithdb/client';
import { AerolithError, fromPlain, parseDecimal128, parseValue, toPlain, toRelaxed } from '@aerolithdb/protocol';
import { ObjectIdSource } from '../remote/object-id-source.ts';

/** What stands ready in code besides `db` and JavaScript itself, with a line for each in the help. */
export const VALUE_NAMES: Readonly<Record<string, string>> = {
  ObjectId: "ObjectId('65f1…') or a new one: ObjectId()",
  ISODate: "ISODate('2026-01-31') as a Date; now without an argument",
  NumberLong: "NumberLong('5'), stored as a long; a bigint such as 5n is the same",
  NumberInt: 'NumberInt(5)',
  NumberDecimal: "NumberDecimal('1.50')",
  Double: 'new Double(1), a double without a fraction',
  Binary: 'new Binary(bytes, subtype)',
  Timestamp: 'new Timestamp(seconds, ordinal)',
  RegularExpression: "new RegularExpression('^a', 'x')",
  MinKey: 'below every value',
  MaxKey: 'above every value',
  EJSON: 'EJSON.parse(text), EJSON.stringify(value)',
};

/** The values that stand ready. Throws nothing; the functions throw `invalid_value`. */
export function valueConstructors(): Record<string, unknown> {
  const ids = new ObjectIdSource();
  return {
    ObjectId: callable(ObjectId, (hex) => (hex === undefined ? ids.next() : objectId(hex))),
    Decimal128: callable(Decimal128, (text) => decimal(text)),
    NumberDecimal: (text: unknown) => decimal(text),
    ISODate: (text: unknown) => isoDate(text),
    NumberLong: (text: unknown) => whole(text),
    NumberInt: (value: unknown) => Number(whole(value)),
    Double,
    Binary,
    Timestamp,
    RegularExpression,
    MinKey: callable(MinKey, () => new MinKey()),
    MaxKey: callable(MaxKey, () => new MaxKey()),
    EJSON: {
      parse: (text: string) => toPlain(parseValue(text)),
      stringify: (value: unknown) => toRelaxed(fromPlain(value)),
    },
  };
}

/** A class that can be called without `new` too, as it is in MongoDB's shell. */
function callable(made: object, make: (argument: unknown) => object): unknown {
  return new Proxy(made, {
    apply: (_target, _self, [argument]: unknown[]) => make(argument),
    construct: (_target, [argument]: unknown[]) => make(argument),
  });
}

function objectId(hex: unknown): ObjectId {
  if (typeof hex === 'string' && /^[0-9a-f]{24}$/i.test(hex)) return new ObjectId(hex.toLowerCase());
  throw new AerolithError('invalid_value', 'An ObjectId takes 24 hexadecimal digits, or nothing for a new one.');
}

function decimal(text: unknown): Decimal128 {
  return parseDecimal128(String(text));
}

function isoDate(text: unknown): Date {
  const date = text === undefined ? new Date() : new Date(String(text));
  if (!Number.isNaN(date.getTime())) return date;
  throw new AerolithError('invalid_value', `"${text}" is no date; write it as 2026-01-31 or 2026-01-31T12:00:00Z.`);
}

function whole(value: unknown): bigint {
  const text = String(value);
  if (/^-?\d{1,19}$/.test(text)) return BigInt(text);
  throw new AerolithError('invalid_value', `"${text}" is no whole number of 64 bits.`);
}
