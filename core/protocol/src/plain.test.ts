import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromPlain, toPlain } from './plain.ts';
import { toStored } from './stored-form.ts';
import { arbitraryStorable } from './testing/arbitrary-value.ts';
import { checkProperty } from './testing/check-property.ts';
import { hasCode } from './testing/has-code.ts';
import { Binary, DateTime, Decimal128, Double, ObjectId, RegularExpression, Timestamp } from './value.ts';

const FILE = 'core/protocol/src/plain.test.ts';

test('plain JavaScript becomes values', () => {
  const id = new ObjectId('0123456789abcdef01234567');
  for (const [plain, stored] of [
    [null, 'null'],
    [5, '5'],
    [5.5, '5.5'],
    [-0, '{"$numberDouble":"-0.0"}'],
    [5_000_000_000, '5000000000'],
    [1e20, '100000000000000000000.0'],
    [Number.NaN, '{"$numberDouble":"NaN"}'],
    [5n, '{"$numberLong":"5"}'],
    [new Date(1000), '{"$date":1000}'],
    [new Uint8Array([1, 2]), '{"$binary":{"base64":"AQI=","subType":"00"}}'],
    [Buffer.from([1, 2]), '{"$binary":{"base64":"AQI=","subType":"00"}}'],
    [/a\/b/ims, '{"$regularExpression":{"pattern":"a\\\\/b","options":"ims"}}'],
    [new Map([['b', 1]]), '{"b":1}'],
    [
      { b: 1, a: [undefined === null, { x: id }], left: undefined },
      '{"b":1,"a":[false,{"x":{"$oid":"0123456789abcdef01234567"}}]}',
    ],
    [Object.assign(Object.create(null) as object, { a: 1 }), '{"a":1}'],
    [new Double(1), '1.0'],
    [{ a: { $oid: '0123456789ABCDEF01234567' } }, '{"a":{"$oid":"0123456789abcdef01234567"}}'],
    [{ a: { $gt: 5 } }, '{"a":{"$gt":5}}'],
    [new Decimal128('1.50'), '{"$numberDecimal":"1.50"}'],
    [new Timestamp(1, 2), '{"$timestamp":{"t":1,"i":2}}'],
  ] as const) {
    assert.equal(toStored(fromPlain(plain)), stored);
  }
});

test('what has no value is refused and nothing is turned into something else', () => {
  class Point {
    x = 1;
  }
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  for (const plain of [
    undefined,
    () => 1,
    Symbol('a'),
    new Point(),
    new Set([1]),
    [undefined],
    new Map([[1, 1]]),
    new Date(Number.NaN),
    /a/g,
    2n ** 63n,
  ]) {
    assert.throws(() => fromPlain(plain), hasCode('invalid_value'), String(plain));
    assert.throws(() => fromPlain({ a: [plain] }), hasCode('invalid_value'));
  }
  assert.throws(() => fromPlain({ a: { $oid: 5 } }), hasCode('invalid_value', /\$oid wrapper/));
  assert.throws(() => fromPlain(cycle), hasCode('too_deep'));
});

test('values become plain JavaScript', () => {
  assert.equal(toPlain(5n), 5);
  assert.equal(toPlain(2n ** 62n), 2n ** 62n);
  assert.equal(toPlain(new Double(5)), 5);
  assert.deepEqual(toPlain(new DateTime(1000)), new Date(1000));
  assert.deepEqual(toPlain(new Binary(new Uint8Array([1]))), new Uint8Array([1]));
  assert.deepEqual(toPlain(new Binary(new Uint8Array([1]), 4)), new Binary(new Uint8Array([1]), 4));
  assert.deepEqual(toPlain(new RegularExpression('^a', 'i')), /^a/i);
  assert.deepEqual(toPlain(new RegularExpression('^a', 'x')), new RegularExpression('^a', 'x'), 'JavaScript has no flag x');
  assert.deepEqual(toPlain(new RegularExpression('(?i)a', '')), new RegularExpression('(?i)a', ''));
  assert.deepEqual(toPlain(new Map([['a', [new Map([['b', 1]])]]])), { a: [{ b: 1 }] });
});

test('plain and back keeps all that plain JavaScript can say', (t) => {
  const property = fc.property(arbitraryStorable, (value) => {
    const once = toPlain(value);
    assert.deepStrictEqual(toPlain(fromPlain(once)), once);
  });
  checkProperty(t, FILE, property, 2_000);
});
