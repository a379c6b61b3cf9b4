import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseValue, toStored, type Value } from '@aerolithdb/protocol';
import { add, multiply } from './arithmetic.ts';
import { identical } from './identical.ts';
import { tableRows } from './text-table.ts';
import type { NumberValue } from './update.ts';

const number = (text: string): NumberValue => parseValue(text) as NumberValue;

test('the type of a sum and of a product', () => {
  const table = `
    1                         | 2                       | 3                           | 2
    2147483647                | 2147483647              | 4294967294                  | 4611686014132420609
    -2147483648               | -1                      | -2147483649                 | 2147483648
    {"$numberLong":"1"}       | 1                       | {"$numberLong":"2"}         | {"$numberLong":"1"}
    1.0                       | 2                       | 3.0                         | 2.0
    1.5                       | {"$numberLong":"2"}     | 3.5                         | 3.0
    0                         | -5                      | -5                          | 0
    0.0                       | -5                      | -5.0                        | {"$numberDouble":"-0.0"}
    {"$numberDecimal":"1.50"} | 2                       | {"$numberDecimal":"3.50"}   | {"$numberDecimal":"3.00"}
    {"$numberDecimal":"1.50"} | 0.1                     | {"$numberDecimal":"1.60"}   | {"$numberDecimal":"0.150"}
    {"$numberDecimal":"1"}    | 100.0                   | {"$numberDecimal":"101"}    | {"$numberDecimal":"1E+2"}
    {"$numberDecimal":"1"}    | {"$numberLong":"5"}     | {"$numberDecimal":"6"}      | {"$numberDecimal":"5"}
    {"$numberDecimal":"1"}    | {"$numberDouble":"NaN"} | {"$numberDecimal":"NaN"}    | {"$numberDecimal":"NaN"}
    {"$numberDecimal":"1"}    | {"$numberDouble":"-Infinity"} | {"$numberDecimal":"-Infinity"} | {"$numberDecimal":"-Infinity"}
    {"$numberDecimal":"1"}    | 0.30000000000000004     | {"$numberDecimal":"1.3"}    | {"$numberDecimal":"0.3"}
    1e308                     | 1e308                   | {"$numberDouble":"Infinity"} | {"$numberDouble":"Infinity"}
  `;
  for (const [a, b, sum, product] of tableRows(table)) {
    assert.equal(toStored(add(number(a!), number(b!))), sum, `${a} + ${b}`);
    assert.equal(toStored(add(number(b!), number(a!))), sum, `${b} + ${a}`);
    assert.equal(toStored(multiply(number(a!), number(b!))), product, `${a} × ${b}`);
    assert.equal(toStored(multiply(number(b!), number(a!))), product, `${b} × ${a}`);
  }
});

test('int64 does not wrap around', () => {
  const most = number('9223372036854775807');
  assert.throws(() => add(most, 1), { code: 'invalid_update' });
  assert.throws(() => add(number('-9223372036854775808'), -1), { code: 'invalid_update' });
  assert.throws(() => multiply(most, 2), { code: 'invalid_update' });
  assert.equal(toStored(add(most, 1.0 + 0.5)), '9223372036854776000.0');
});

test('identical is stricter than equal', () => {
  const values: Value[] = [
    '1',
    '1.0',
    '{"$numberLong":"1"}',
    '{"$numberDecimal":"1"}',
    '{"$numberDecimal":"1.0"}',
    '0',
    '{"$numberDouble":"-0.0"}',
    '{"$numberDouble":"NaN"}',
    'null',
    'true',
    '"1"',
    '[1]',
    '[1.0]',
    '[]',
    '{"a":1,"b":2}',
    '{"b":2,"a":1}',
    '{"a":1}',
    '{"$date":1}',
    '{"$timestamp":{"t":0,"i":1}}',
    '{"$oid":"000000000000000000000001"}',
    '{"$binary":{"base64":"AQ==","subType":"00"}}',
    '{"$binary":{"base64":"AQ==","subType":"05"}}',
    '{"$regularExpression":{"pattern":"a","options":""}}',
    '{"$regularExpression":{"pattern":"a","options":"i"}}',
  ].map(parseValue);
  for (const [i, a] of values.entries()) {
    for (const [j, b] of values.entries())
      assert.equal(identical(a, parseValue(toStored(b))), i === j, `${toStored(a)} and ${toStored(b)}`);
  }
});
