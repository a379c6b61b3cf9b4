import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalParts } from './decimal128.ts';
import { compareNumbers, floorDouble, type NumberValue } from './exact-number.ts';
import { arbitraryNumber } from './testing/arbitrary-value.ts';
import { checkProperty } from './testing/check-property.ts';
import { Decimal128, Double } from './value.ts';

const FILE = 'core/protocol/src/exact-number.test.ts';

type Fraction = { readonly above: bigint; readonly below: bigint };

/** A finite number as a fraction of whole numbers: another way to its exact value than the code under test takes. */
function fraction(value: NumberValue): Fraction | undefined {
  if (typeof value === 'bigint') return { above: value, below: 1n };
  if (value instanceof Decimal128) {
    const parts = decimalParts(value);
    if (parts.kind !== 'finite') return undefined;
    const above = BigInt(parts.digits) * (parts.negative ? -1n : 1n);
    const power = 10n ** BigInt(Math.abs(parts.exponent));
    return parts.exponent < 0 ? { above, below: power } : { above: above * power, below: 1n };
  }
  let number = value instanceof Double ? value.value : value;
  if (!Number.isFinite(number)) return undefined;
  let below = 1n;
  while (!Number.isInteger(number)) {
    number *= 2;
    below *= 2n;
  }
  return { above: BigInt(number), below };
}

/** NaN 0, -Infinity 1, finite 2, Infinity 3. */
function rank(value: NumberValue): number {
  if (fraction(value) !== undefined) return 2;
  const number = Number(value instanceof Decimal128 ? value.text : value instanceof Double ? value.value : value);
  return Number.isNaN(number) ? 0 : number < 0 ? 1 : 3;
}

function compareByFractions(a: NumberValue, b: NumberValue): number {
  const left = fraction(a);
  const right = fraction(b);
  if (left === undefined || right === undefined) return Math.sign(rank(a) - rank(b));
  const difference = left.above * right.below - right.above * left.below;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

test('numbers compare as their fractions do', (t) => {
  const numbers = arbitraryNumber as fc.Arbitrary<NumberValue>;
  const property = fc.property(numbers, numbers, (a, b) => {
    assert.equal(Math.sign(compareNumbers(a, b)), compareByFractions(a, b));
  });
  checkProperty(t, FILE, property, 10_000);
});

test('the floor of a number is the largest double that is not above it', (t) => {
  const wide = (arbitraryNumber as fc.Arbitrary<NumberValue>).filter(
    (value): value is bigint | Decimal128 => (typeof value === 'bigint' || value instanceof Decimal128) && rank(value) === 2,
  );
  const property = fc.property(wide, (value) => {
    const floor = floorDouble(value);
    assert.ok(compareByFractions(floor, value) <= 0);
    if (floor === Number.MAX_VALUE) return;
    assert.ok(compareByFractions(nextAbove(floor), value) > 0);
  });
  checkProperty(t, FILE, property, 5_000);
});

function nextAbove(value: number): number {
  if (value === Number.NEGATIVE_INFINITY) return -Number.MAX_VALUE;
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return view.getFloat64(0);
}
