import {
  Binary,
  DateTime,
  type Document,
  double,
  ObjectId,
  parseDecimal128,
  RegularExpression,
  Timestamp,
  type Value,
} from '@aerolithdb/protocol';
import fc from 'fast-check';

/** Values of every type that can be stored, with the ones at the edges of each. */

const INT32 = 2n ** 31n;
const INT64 = 2n ** 63n;
const LAST_DATE_MS = 8.64e15;

const integers = fc.oneof(
  fc.constantFrom(0n, 5n, -1n, INT32 - 1n, INT32, -INT32, -INT32 - 1n, 2n ** 53n + 1n, INT64 - 1n, -INT64),
  fc.bigInt(-INT64, INT64 - 1n),
);
const doubles = fc.oneof(
  fc.constantFrom(0, -0, 1, 0.1, 1e21, 5e-324, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  fc.double(),
);
const decimals = fc.oneof(
  fc.constantFrom('NaN', 'Infinity', '-Infinity', '-0', '1.50', '0E-6176', '9.999999999999999999999999999999999E+6144'),
  fc.tuple(fc.bigInt(-(10n ** 33n), 10n ** 33n), fc.integer({ min: -6000, max: 6000 })).map(([digits, e]) => `${digits}E${e}`),
);
/** Before 1970, after 9999, and the ends of both. */
const dates = fc.oneof(
  fc.constantFrom(0, -1, 1, 253_402_300_799_999, 253_402_300_800_000, -62_135_596_800_000, LAST_DATE_MS, -LAST_DATE_MS),
  fc.integer({ min: -LAST_DATE_MS, max: LAST_DATE_MS }),
);
const texts = fc.string({ unit: 'grapheme', maxLength: 20 });
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const bytes = fc.uint8Array({ maxLength: 30 });

const scalars: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(null, true, false, '', '\u0000\u001f\u2028"\\😀', 5, -1),
  // A whole number that fits is an int32 as a number, and an int64 as a bigint.
  fc.integer(),
  integers,
  doubles.map(double),
  decimals.map(parseDecimal128),
  texts,
  dates.map((ms) => new DateTime(ms)),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((id) => new ObjectId(Buffer.from(id).toString('hex'))),
  fc.tuple(bytes, fc.integer({ min: 0, max: 255 })).map(([value, subtype]) => new Binary(value, subtype)),
  fc.tuple(texts, fc.constantFrom('', 'i', 'imx')).map(([p, o]) => new RegularExpression(p.replaceAll('\0', ''), o)),
  fc.tuple(uint32, uint32).map(([t, i]) => new Timestamp(t, i)),
);

const names = fc.oneof(
  fc.constantFrom('', 'a', '10', '2', 'constructor', 'toString', ' '),
  texts.map((text) => text.replaceAll(/[\0.]/g, '').replace(/^\$+/, '')).filter((name) => name !== '__proto__' && name !== '_id'),
);

function fieldsOf(value: fc.Arbitrary<Value>): fc.Arbitrary<Document> {
  return fc.array(fc.tuple(names, value), { maxLength: 6 }).map((entries) => new Map(entries));
}

const level1 = fc.oneof(
  { weight: 4, arbitrary: scalars },
  { weight: 1, arbitrary: fc.oneof(fc.array(scalars, { maxLength: 4 }), fieldsOf(scalars)) },
);
const level2 = fc.oneof(
  { weight: 4, arbitrary: level1 },
  { weight: 1, arbitrary: fc.oneof(fc.array(level1, { maxLength: 4 }), fieldsOf(level1)) },
);

/** `count` documents whose `_id` is their number. The same seed gives the same documents. */
export function randomDocuments(seed: number, count: number): Document[] {
  return fc
    .sample(fieldsOf(level2), { seed, numRuns: count })
    .map((fields, n) => new Map<string, Value>([['_id', n], ...fields]));
}
