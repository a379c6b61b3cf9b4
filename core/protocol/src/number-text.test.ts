import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDecimal128 } from './decimal128.ts';
import { compareNumbers } from './exact-number.ts';
import { keepsNumber } from './number-text.ts';
import { checkProperty } from './testing/check-property.ts';

const FILE = 'core/protocol/src/number-text.test.ts';
const RUNS = 20_000;

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => value !== 0);

function keeps(text: string): boolean {
  return keepsNumber(Number(text), text);
}

test('what is printed of a double is kept, with whatever digits it is printed', (t) => {
  const property = fc.property(finite, fc.integer({ min: 17, max: 100 }), (value, digits) => {
    for (const text of [String(value), value.toPrecision(digits), value.toExponential(), `${value.toExponential(20)}`]) {
      assert.ok(keeps(text), text);
    }
  });
  checkProperty(t, FILE, property, RUNS);
});

test('a number of up to 15 digits is kept, with zeros at either end', (t) => {
  const digits = fc.bigInt(1n, 10n ** 15n - 1n);
  const property = fc.property(digits, fc.integer({ min: -300, max: 290 }), fc.nat(30), (whole, exponent, zeros) => {
    for (const text of [
      `${whole}e${exponent}`,
      `${whole}.${'0'.repeat(zeros)}`,
      `0.${'0'.repeat(zeros)}${whole}${'0'.repeat(zeros)}`,
    ]) {
      assert.ok(keeps(text), text);
    }
  });
  checkProperty(t, FILE, property, RUNS);
});

test('a number is kept just when no other one of as many digits is nearer to its double', (t) => {
  const property = fc.property(fc.bigInt(10n ** 15n, 10n ** 33n - 1n), fc.integer({ min: -40, max: 40 }), (whole, exponent) => {
    const digits = String(whole).replace(/0+$/, '');
    const power = exponent + String(whole).length - digits.length;
    const text = `${digits}e${power}`;
    const value = Number(text);
    // Half a unit of the last digit above and below; the double lies between them when its nearest text is this one.
    const half = (sign: 5n | -5n) => parseDecimal128(`${BigInt(digits) * 10n + sign}E${power - 1}`);
    const between = compareNumbers(half(-5n), value) <= 0 && compareNumbers(value, half(5n)) <= 0;
    assert.equal(keeps(text), between || isShortest(digits, value), text);
  });
  checkProperty(t, FILE, property, RUNS);
});

function isShortest(digits: string, value: number): boolean {
  return (
    value
      .toExponential()
      .replace(/e.*$|\./g, '')
      .replace(/0+$/, '') === digits
  );
}
