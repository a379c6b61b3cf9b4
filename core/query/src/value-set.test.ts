import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equalValues, parseValue, type Value } from '@aerolithdb/protocol';
import fc from 'fast-check';
import { value as randomValue } from './random-values.ts';
import { ValueSet } from './value-set.ts';

const VALUES = [
  'null',
  'true',
  '1',
  '1.0',
  '{"$numberLong":"1"}',
  '{"$numberDecimal":"1.0"}',
  '{"$numberDecimal":"0.1"}',
  '0.1',
  '9007199254740993',
  '9007199254740992.0',
  '9007199254740992',
  '{"$numberDecimal":"9007199254740993"}',
  '{"$numberDecimal":"9007199254740992"}',
  '{"$numberDecimal":"1E+6000"}',
  '{"$numberDouble":"Infinity"}',
  '{"$numberDecimal":"Infinity"}',
  '[1.0]',
  '{"$numberDouble":"NaN"}',
  '{"$numberDecimal":"NaN"}',
  '{"$numberDouble":"-0.0"}',
  '0',
  '"1"',
  '[1]',
  '{"a":1}',
  '{"a":1.0}',
  '{"$date":1}',
  '{"$oid":"000000000000000000000001"}',
  '{"$binary":{"base64":"AQ==","subType":"00"}}',
].map(parseValue);

test('a set of one value has exactly what equals it', () => {
  for (const member of VALUES) {
    const set = new ValueSet([member]);
    for (const value of VALUES) assert.equal(set.has(value), equalValues(member, value), describe(member, value));
  }
});

test('a set of all has each, and missing only when it has null', () => {
  const set = new ValueSet(VALUES);
  for (const value of VALUES) assert.ok(set.has(value));
  assert.ok(set.has(undefined));
  assert.ok(!new ValueSet([1]).has(undefined));
  assert.ok(!new ValueSet([]).has(1));
});

test('random sets have what equals a member', () => {
  const check = (members: Value[], value: Value): void => {
    const equals = members.some((member) => equalValues(member, value));
    assert.equal(new ValueSet(members).has(value), equals);
  };
  fc.assert(fc.property(fc.array(randomValue, { maxLength: 5 }), randomValue, check), { numRuns: 1000 });
});

function describe(member: Value, value: Value): string {
  return `${String(JSON.stringify(member, big))} and ${String(JSON.stringify(value, big))}`;
}

function big(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
