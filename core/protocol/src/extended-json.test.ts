import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalForm } from './canonical-form.ts';
import { storedToRelaxed, toCanonical, toRelaxed } from './extended-json.ts';
import { parseValue } from './parse-json.ts';
import { toStored } from './stored-form.ts';
import { arbitraryValue } from './testing/arbitrary-value.ts';
import { checkProperty } from './testing/check-property.ts';
import { hasCode } from './testing/has-code.ts';
import { DateTime, type Value } from './value.ts';

const FILE = 'core/protocol/src/extended-json.test.ts';

test('every value reads back exactly out of every form', (t) => {
  const property = fc.property(arbitraryValue, (value) => {
    const stored = toStored(value);
    assert.deepStrictEqual(parseValue(stored), value);
    assert.deepStrictEqual(parseValue(toRelaxed(value)), value);
    assert.deepStrictEqual(parseValue(toCanonical(value)), value);
    assert.equal(toStored(parseValue(stored)), stored);
    assert.equal(storedToRelaxed(stored), toRelaxed(value));
  });
  checkProperty(t, FILE, property, 5_000);
});

test('every form is JSON that any parser reads, on one line', (t) => {
  const property = fc.property(arbitraryValue, (value) => {
    for (const text of [toStored(value), toRelaxed(value), toCanonical(value), canonicalForm(value)]) {
      JSON.parse(text);
      assert.ok(!text.includes('\n'));
      assert.ok(text.isWellFormed());
    }
  });
  checkProperty(t, FILE, property, 1_000);
});

test('text inside strings is never taken for a date', () => {
  for (const inner of ['{"$date":5}', '\\{"$date":5}', '{\\"$date\\":5}']) {
    const value: Value = new Map<string, Value>([
      ['a', inner],
      ['b', new DateTime(5)],
    ]);
    assert.equal(storedToRelaxed(toStored(value)), toRelaxed(value));
  }
});

test('dates are text from 1970 to 9999, and a number elsewhere', () => {
  for (const [ms, text] of [
    [0, '{"$date":"1970-01-01T00:00:00Z"}'],
    [1, '{"$date":"1970-01-01T00:00:00.001Z"}'],
    [-1, '{"$date":{"$numberLong":"-1"}}'],
    [253_402_300_799_999, '{"$date":"9999-12-31T23:59:59.999Z"}'],
    [253_402_300_800_000, '{"$date":{"$numberLong":"253402300800000"}}'],
  ] as const) {
    assert.equal(toRelaxed(new DateTime(ms)), text);
  }
});

test('wrappers of another shape are refused and the right shape is shown', () => {
  for (const text of [
    '{"$oid":"0123456789abcdef0123456"}',
    '{"$oid":"0123456789abcdef0123456g"}',
    '{"$oid":1}',
    '{"$oid":"0123456789abcdef01234567","a":1}',
    '{"a":1,"$oid":"0123456789abcdef01234567"}',
    '{"$numberInt":"2147483648"}',
    '{"$numberInt":"-0"}',
    '{"$numberInt":"1.0"}',
    '{"$numberInt":5}',
    '{"$numberLong":"9223372036854775808"}',
    '{"$numberLong":"05"}',
    '{"$numberLong":" 5"}',
    '{"$numberLong":5}',
    '{"$numberDouble":"1e400"}',
    '{"$numberDouble":"1e-400"}',
    '{"$numberDouble":"0x10"}',
    '{"$numberDouble":"nan"}',
    '{"$numberDouble":""}',
    '{"$numberDouble":1.5}',
    '{"$date":"2020-01-01"}',
    '{"$date":"2020-01-01T00:00:00"}',
    '{"$date":"2020-02-30T00:00:00Z"}',
    '{"$date":"2020-01-01T24:00:00Z"}',
    '{"$date":"2020-01-01T00:00:00.0001Z"}',
    '{"$date":1.5}',
    '{"$date":8640000000000001}',
    '{"$date":{"$numberLong":"9223372036854775807"}}',
    '{"$date":null}',
    '{"$binary":"AQI="}',
    '{"$binary":{"base64":"AQI","subType":"00"}}',
    '{"$binary":{"base64":"AQJ=","subType":"00"}}',
    '{"$binary":{"base64":"AQ==AQ==","subType":"00"}}',
    '{"$binary":{"base64":"A_-=","subType":"00"}}',
    '{"$binary":{"base64":"AQI=","subType":"100"}}',
    '{"$binary":{"base64":"AQI="}}',
    '{"$binary":{"base64":"AQI=","subType":"00","x":1}}',
    '{"$uuid":"0123456789abcdef0123456789abcdef"}',
    '{"$regularExpression":{"pattern":"a","options":"mi"}}',
    '{"$regularExpression":{"pattern":"a","options":"g"}}',
    '{"$regularExpression":{"pattern":"a"}}',
    '{"$regularExpression":{"pattern":"a\\u0000","options":""}}',
    '{"$timestamp":{"t":-1,"i":0}}',
    '{"$timestamp":{"t":4294967296,"i":0}}',
    '{"$timestamp":{"t":1}}',
    '{"$timestamp":{"t":1.0,"i":0}}',
    '{"$numberDecimal":1.5}',
    '{"$numberDecimal":"1,5"}',
    '{"$minKey":2}',
    '{"$maxKey":true}',
  ]) {
    assert.throws(() => parseValue(text), hasCode('invalid_value'), text);
  }
  assert.throws(
    () => parseValue('[{"$numberLong":5}]'),
    hasCode('invalid_value', /\{"\$numberLong":"<integer of 64 bits>"\}.*column 2/),
  );
  for (const name of ['$code', '$scope', '$symbol', '$dbPointer', '$undefined']) {
    assert.throws(() => parseValue(`{"${name}":1}`), hasCode('invalid_value', /cannot be stored/));
  }
});

test('a bigint beyond 64 bits has no text', () => {
  assert.throws(() => toStored(2n ** 63n), hasCode('invalid_value'));
});
