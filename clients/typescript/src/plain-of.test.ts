import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DateTime, Decimal128, fromPlain, parseValue, toPlain, toRelaxed, toStored } from '@aerolithdb/protocol';
import fc from 'fast-check';
import { plainOf } from './values.ts';

const leaf = fc.oneof(
  fc.integer(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.double(),
  fc.string(),
  fc.constantFrom(null, true, -0, '$', '1234567890123456', new Decimal128('1.50')),
  fc.date({ noInvalidDate: true }).map((date) => new DateTime(date.getTime())),
  fc.uint8Array({ maxLength: 8 }),
);
const name = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('$ref', '10', 'a.b')).filter((text) => text !== '__proto__');
const { document } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value'), { maxLength: 4 }), tie('document')),
  document: fc.dictionary(name, tie('value'), { maxKeys: 5 }),
}));

test('text is read as the strict parser reads it, whichever way is taken', () => {
  fc.assert(
    fc.property(document, (plain) => {
      const value = fromPlain(plain);
      for (const text of [toRelaxed(value), toStored(value)]) assert.deepEqual(plainOf(text), toPlain(parseValue(text)));
    }),
    { numRuns: 2000 },
  );
});

test('a number that the platform would round is read digit by digit', () => {
  assert.deepEqual(plainOf('{"n":9007199254740993}'), { n: 9007199254740993n });
});
