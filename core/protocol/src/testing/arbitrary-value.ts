import fc from 'fast-check';
import { parseDecimal128 } from '../decimal128.ts';
import { DATE_MS_MAX } from '../iso-date.ts';
import {
  Binary,
  DateTime,
  type Document,
  double,
  MaxKey,
  MinKey,
  ObjectId,
  RegularExpression,
  Timestamp,
  type Value,
} from '../value.ts';

/** Random values of every type, made so that equal and nearly equal ones meet often. */

const INT64_MAX = 2n ** 63n - 1n;

const edgeIntegers = [0n, 1n, -1n, 5n, 2n ** 31n, -(2n ** 31n), 2n ** 32n, 2n ** 53n, 2n ** 62n, INT64_MAX, -INT64_MAX - 1n];

const int64 = fc
  .tuple(fc.oneof(fc.constantFrom(...edgeIntegers), fc.bigInt(-(2n ** 63n), INT64_MAX)), fc.bigInt(-3n, 3n))
  .map(([base, step]) => BigInt.asIntN(64, base + step));

const edgeDoubles = [0, -0, 0.1, 0.5, 1, 5, -5, 2 ** 31, 2 ** 53, 2 ** 63, -(2 ** 63), 5e-324, -5e-324, 2.2250738585072014e-308];

const doubles = fc.oneof(
  fc.constantFrom(
    ...edgeDoubles,
    Number.MAX_VALUE,
    -Number.MAX_VALUE,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ),
  fc.double(),
  fc.integer({ min: -20, max: 20 }).map((n) => n / 4),
);

const exponent = fc.integer({ min: -6176, max: 6111 });

/** Decimals that are a double, differ from one in a late digit, or have any digits and exponent. */
const decimals = fc
  .oneof(
    doubles.map(String),
    fc.tuple(int64, fc.integer({ min: 0, max: 5 })).map(([n, zeros]) => (zeros === 0 ? String(n) : `${n}.${'0'.repeat(zeros)}`)),
    fc
      .tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 0, max: 2 }))
      .map(([n, zeros]) => `${n}${'0'.repeat(zeros)}E-${zeros + 1}`),
    fc.tuple(int64, fc.integer({ min: 1, max: 9 })).map(([n, digit]) => `${n}.${digit}`),
    fc.tuple(fc.bigInt(0n, 10n ** 34n - 1n), exponent, fc.boolean()).map(([c, e, minus]) => `${minus ? '-' : ''}${c}E${e}`),
    fc.tuple(fc.bigInt(0n, 999n), fc.integer({ min: -30, max: 30 }), fc.boolean()).map(([c, e, m]) => `${m ? '-' : ''}${c}E${e}`),
    fc.constantFrom('NaN', 'Infinity', '-Infinity', '0E-6176', '-0', '1E-6176', '9.999999999999999999999999999999999E+6144'),
  )
  .map(parseDecimal128);

export const arbitraryNumber: fc.Arbitrary<Value> = fc.oneof(
  fc.integer(),
  fc.integer({ min: -6, max: 6 }),
  int64,
  doubles.map(double),
  decimals,
);

const unit = fc.constantFrom(
  'a',
  'b',
  '\0',
  '\x01',
  '\x02',
  '\x1f',
  '\x7f',
  'é',
  '\u07ff',
  '\u0800',
  '\ud7ff',
  '\ue000',
  '\uffff',
  '😀',
  '\u{10ffff}',
  '"',
  '\\',
  '\n',
);

export const arbitraryText: fc.Arbitrary<string> = fc.oneof(
  fc.array(unit, { maxLength: 4 }).map((units) => units.join('')),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
);

const bytes = fc.oneof(fc.uint8Array({ maxLength: 3, max: 2 }), fc.uint8Array({ maxLength: 40 }));
const uint32 = fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 0xffff_ffff }));
const small = fc.integer({ min: -2, max: 2 });

const arbitraryScalar: fc.Arbitrary<Value> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(null, true, false) },
  { weight: 4, arbitrary: arbitraryNumber },
  { weight: 3, arbitrary: arbitraryText },
  { weight: 1, arbitrary: fc.oneof(small, fc.integer({ min: -DATE_MS_MAX, max: DATE_MS_MAX })).map((ms) => new DateTime(ms)) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 12, maxLength: 12, max: 255 }).map((id) => new ObjectId(hexOf(id))) },
  { weight: 1, arbitrary: fc.tuple(bytes, fc.constantFrom(0, 4, 128)).map(([b, subtype]) => new Binary(b, subtype)) },
  { weight: 1, arbitrary: fc.tuple(uint32, uint32).map(([t, i]) => new Timestamp(t, i)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(arbitraryText, fc.constantFrom('', 'i', 'im', 'x'))
      .map(([pattern, options]) => new RegularExpression(pattern.replaceAll('\0', ''), options)),
  },
);

function hexOf(id: Uint8Array): string {
  return Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Field names as the parser takes them: no U+0000, not `__proto__`, of those with `$` only ones that no wrapper has. */
const arbitraryName = fc.oneof(
  fc.constantFrom('', 'a', 'b', '10', '9', 'é', '😀', '\ue000', '$ref', '$id'),
  arbitraryText.map((text) => text.replaceAll('\0', '').replace(/^\$+/, '')).filter((name) => name !== '__proto__'),
);

function nested(value: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof(fc.array(value, { maxLength: 3 }), documentOf(value));
}

function documentOf(value: fc.Arbitrary<Value>): fc.Arbitrary<Document> {
  return fc.array(fc.tuple(arbitraryName, value), { maxLength: 4 }).map((entries) => new Map(entries));
}

const level1 = fc.oneof({ weight: 3, arbitrary: arbitraryScalar }, { weight: 1, arbitrary: nested(arbitraryScalar) });

/** Every type that can be stored. */
export const arbitraryStorable: fc.Arbitrary<Value> = fc.oneof(
  { weight: 3, arbitrary: arbitraryScalar },
  { weight: 1, arbitrary: nested(level1) },
);

/** Every type, with MinKey and MaxKey. */
export const arbitraryValue: fc.Arbitrary<Value> = fc.oneof(
  { weight: 20, arbitrary: arbitraryStorable },
  { weight: 1, arbitrary: fc.constantFrom<Value>(new MinKey(), new MaxKey()) },
);

export const arbitraryDocument: fc.Arbitrary<Document> = documentOf(level1);
