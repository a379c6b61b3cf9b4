import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareBytes, compareValues, equalValues } from './compare-values.ts';
import { encodeCompoundKey, encodeIdKey, encodeKey } from './encode-key.ts';
import { toHex } from './hex.ts';
import { parseValue } from './parse-json.ts';
import { arbitraryNumber, arbitraryText, arbitraryValue } from './testing/arbitrary-value.ts';
import { checkProperty } from './testing/check-property.ts';
import { hasCode } from './testing/has-code.ts';
import type { Value } from './value.ts';

const FILE = 'core/protocol/src/encode-key.test.ts';

function keysAgree(a: Value, b: Value): boolean {
  const order = Math.sign(compareValues(a, b));
  const ascending = Math.sign(compareBytes(encodeKey(a), encodeKey(b)));
  const descending = Math.sign(compareBytes(encodeKey(a, -1), encodeKey(b, -1)));
  return ascending === order && descending === (order === 0 ? 0 : -order);
}

test('keys compare as the values do: any two values', (t) => {
  checkProperty(t, FILE, fc.property(arbitraryValue, arbitraryValue, keysAgree), 20_000);
});

test('keys compare as the values do: any two numbers', (t) => {
  checkProperty(t, FILE, fc.property(arbitraryNumber, arbitraryNumber, keysAgree), 20_000);
});

test('keys compare as the values do: any two strings', (t) => {
  checkProperty(t, FILE, fc.property(arbitraryText, arbitraryText, keysAgree), 5_000);
});

test('a key is never the beginning of another, so compound keys compare part by part', (t) => {
  const pair = fc.tuple(arbitraryValue, arbitraryValue);
  const direction = fc.constantFrom<1 | -1>(1, -1);
  const property = fc.property(pair, pair, direction, direction, (a, b, first, second) => {
    const order = first * compareValues(a[0], b[0]) || second * compareValues(a[1], b[1]);
    const bytes = compareBytes(encodeCompoundKey(a, [first, second]), encodeCompoundKey(b, [first, second]));
    return Math.sign(bytes) === Math.sign(order);
  });
  checkProperty(t, FILE, property, 10_000);
});

test('the order is total: transitive over any three values', (t) => {
  const property = fc.property(arbitraryValue, arbitraryValue, arbitraryValue, (...values) => {
    const [a, b, c] = values.sort(compareValues) as [Value, Value, Value];
    return compareValues(a, b) <= 0 && compareValues(b, c) <= 0 && compareValues(a, c) <= 0;
  });
  checkProperty(t, FILE, property, 10_000);
});

test('equal numbers of different kinds have the same bytes', () => {
  for (const group of [
    ['5', '5.0', '{"$numberLong":"5"}', '{"$numberDecimal":"5"}', '{"$numberDecimal":"5.00"}', '{"$numberDecimal":"0.5E+1"}'],
    ['0', '-0', '-0.0', '{"$numberLong":"0"}', '{"$numberDecimal":"-0.000"}', '{"$numberDecimal":"0E+6111"}'],
    ['9223372036854775807', '{"$numberDecimal":"9223372036854775807.0"}'],
    ['-9223372036854775808', '-9223372036854775808.0', '{"$numberDecimal":"-9223372036854775808"}'],
    ['{"$numberDouble":"NaN"}', '{"$numberDecimal":"NaN"}', '{"$numberDecimal":"-nan"}'],
    ['{"$numberDouble":"Infinity"}', '{"$numberDecimal":"inf"}'],
    ['0.5', '{"$numberDecimal":"0.50"}'],
  ]) {
    const keys = group.map((text) => toHex(encodeKey(parseValue(text))));
    assert.deepEqual(new Set(keys).size, 1, group.join(' '));
    assert.ok(group.every((text) => equalValues(parseValue(text), parseValue(group[0]!))));
  }
});

test('numbers that no double tells apart have different keys', () => {
  const a = parseValue('9007199254740992');
  const b = parseValue('9007199254740993');
  const tenth = parseValue('{"$numberDecimal":"0.1"}');
  assert.ok(compareBytes(encodeKey(a), encodeKey(b)) < 0);
  assert.ok(compareValues(tenth, 0.1) < 0, 'the double 0.1 is a little above a tenth');
  assert.ok(compareBytes(encodeKey(tenth), encodeKey(0.1)) < 0);
});

test('a key made while the buffer has to grow is whole', () => {
  const long = 'é'.repeat(100_000);
  assert.equal(encodeKey(long).length, 200_002);
  assert.equal(encodeKey([long, long]).length, 400_006);
  assert.deepEqual(encodeKey('after'), encodeKey('after'));
});

test('an _id may be anything but an array, a regular expression and the ends of the order', () => {
  for (const text of ['[1]', '{"$regularExpression":{"pattern":"a","options":""}}', '{"$minKey":1}', '{"$maxKey":1}']) {
    assert.throws(() => encodeIdKey(parseValue(text)), hasCode('invalid_id'), text);
  }
  for (const text of ['{"$x":1}', '{"a":{"$x":1}}', '{"a":[{"$ref":1}]}']) {
    assert.throws(() => encodeIdKey(parseValue(text)), hasCode('invalid_id'), text);
  }
  for (const text of ['null', '1', '""', '{}', '{"a":[1]}', '{"$oid":"0123456789abcdef01234567"}', 'true']) {
    assert.deepEqual(encodeIdKey(parseValue(text)), encodeKey(parseValue(text)));
  }
});

test('the limit of an _id counts the bytes of its stored text', () => {
  assert.ok(encodeIdKey('x'.repeat(1022)));
  assert.throws(() => encodeIdKey('x'.repeat(1023)), hasCode('invalid_id'));
  assert.ok(encodeIdKey('é'.repeat(511)));
  assert.throws(() => encodeIdKey('é'.repeat(512)), hasCode('invalid_id'));
  assert.throws(() => encodeIdKey('\0'.repeat(171)), hasCode('invalid_id'));
  assert.throws(() => encodeIdKey(new Map([['a', 'x'.repeat(1020)]])), hasCode('invalid_id'));
});
