import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal128, parseDecimal128 } from '@aerolithdb/protocol';
import fc from 'fast-check';
import { addDecimals, multiplyDecimals, remainderOf } from './decimal.ts';
import { tableRows } from './text-table.ts';

const NINES = '9'.repeat(34);

test('sums', () => {
  const table = `
    1          | 2            | 3
    0.1        | 0.2          | 0.3
    1.10       | 2.2          | 3.30
    1          | -1           | 0
    1.00       | -1           | 0.00
    0          | -0           | 0
    -0         | -0           | -0
    1E+3       | 1            | 1001
    1E+40      | 1            | 10000000000000000000000000000000000000000
    1E+6111    | 1            | 1.000000000000000000000000000000000E+6111
    0E+10      | 5            | 5
    5          | 0E-10        | 5.0000000000
    NaN        | 1            | NaN
    Infinity   | 1            | Infinity
    Infinity   | -Infinity    | NaN
    1          | -Infinity    | -Infinity
    1E-6176    | 1E-6176      | 2E-6176
  `;
  for (const [a, b, expected] of tableRows(table)) {
    const wanted =
      expected === '10000000000000000000000000000000000000000' ? '1.000000000000000000000000000000000E+40' : expected;
    assert.equal(addDecimals(new Decimal128(a!), new Decimal128(b!)).text, wanted, `${a} + ${b}`);
    assert.equal(addDecimals(new Decimal128(b!), new Decimal128(a!)).text, wanted, `${b} + ${a}`);
  }
});

test('products', () => {
  const table = `
    2          | 3            | 6
    0.1        | 0.10         | 0.010
    -2         | 3            | -6
    -0         | 3            | -0
    1E+3000    | 1E+3000      | 1E+6000
    1E+4000    | 1E+4000      | Infinity
    -1E+4000   | 1E+4000      | -Infinity
    1E-4000    | 1E-4000      | 0E-6176
    Infinity   | 0            | NaN
    Infinity   | -2           | -Infinity
    NaN        | 0            | NaN
    1E+6111    | 10           | 1.0E+6112
  `;
  for (const [a, b, expected] of tableRows(table)) {
    assert.equal(multiplyDecimals(new Decimal128(a!), new Decimal128(b!)).text, expected, `${a} × ${b}`);
    assert.equal(multiplyDecimals(new Decimal128(b!), new Decimal128(a!)).text, expected, `${b} × ${a}`);
  }
});

test('results are rounded half to even at 34 digits', () => {
  const sum = (a: string, b: string): string => addDecimals(new Decimal128(a), new Decimal128(b)).text;
  assert.equal(sum(NINES, '1'), '1.000000000000000000000000000000000E+34');
  assert.equal(sum('1000000000000000000000000000000000', '0.5'), '1000000000000000000000000000000000');
  assert.equal(sum('1000000000000000000000000000000001', '0.5'), '1000000000000000000000000000000002');
  assert.equal(sum('1000000000000000000000000000000000', '0.51'), '1000000000000000000000000000000001');
  assert.equal(sum('1000000000000000000000000000000000', '1E-6000'), '1000000000000000000000000000000000');
  assert.equal(sum('1000000000000000000000000000000000', '-1E-6000'), '1000000000000000000000000000000000');
  assert.equal(sum(NINES, '1E-6000'), NINES);
  const square = multiplyDecimals(new Decimal128(NINES), new Decimal128(NINES)).text;
  assert.equal(square, '9.999999999999999999999999999999998E+67');
  assert.equal(addDecimals(new Decimal128(`9.${'9'.repeat(33)}E+6144`), new Decimal128('1E+6111')).text, 'Infinity');
});

test('small integers and scaled ones agree with bigint', () => {
  const digits = fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n });
  const scale = fc.integer({ min: -20, max: 0 });
  const decimal = (coefficient: bigint, exponent: number): Decimal128 => parseDecimal128(`${coefficient}E${exponent}`);
  fc.assert(
    fc.property(digits, digits, scale, (a, b, exponent) => {
      assert.equal(addDecimals(decimal(a, exponent), decimal(b, exponent)).text, decimal(a + b, exponent).text);
      if (a !== 0n && b !== 0n)
        assert.equal(multiplyDecimals(decimal(a, exponent), decimal(b, 0)).text, decimal(a * b, exponent).text);
    }),
  );
});

test('remainders of the whole part', () => {
  assert.equal(remainderOf(new Decimal128('17.9'), 5), 2);
  assert.equal(remainderOf(new Decimal128('-17.9'), 5), -2);
  assert.equal(remainderOf(new Decimal128('1.7E+1'), 5), 2);
  assert.equal(remainderOf(new Decimal128('9223372036854775807'), 10), 7);
  assert.equal(remainderOf(new Decimal128('9223372036854775808'), 10), undefined);
  assert.equal(remainderOf(new Decimal128('1E-6176'), 3), 0);
  assert.equal(remainderOf(new Decimal128('0E+6000'), 3), 0);
  assert.equal(remainderOf(new Decimal128('NaN'), 3), undefined);
});
