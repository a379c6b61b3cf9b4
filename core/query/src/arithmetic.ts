import { AerolithError, Decimal128, Double, double, integer } from '@aerolithdb/protocol';
import { addDecimals, decimalFrom, multiplyDecimals } from './decimal.ts';
import type { NumberValue } from './update.ts';

/** What an operation gives when its exact result is outside of int64. */
export type Overflow = (result: bigint) => NumberValue;

/**
 * Sums and products in MongoDB's types: decimal if one of the two is, else double if one is, else int64 if one is, else int32
 * that becomes int64 when it must. Throws `invalid_update` when an int64 overflows, unless `overflow` says what to give then.
 */
export function add(a: NumberValue, b: NumberValue, overflow: Overflow = refuse): NumberValue {
  if (isDecimal(a) || isDecimal(b)) return addDecimals(toDecimal(a), toDecimal(b));
  if (isDouble(a) || isDouble(b)) return double(toNumber(a) + toNumber(b));
  if (typeof a === 'number' && typeof b === 'number') return integer(a + b);
  return int64(BigInt(a as number | bigint) + BigInt(b as number | bigint), overflow);
}

export function multiply(a: NumberValue, b: NumberValue, overflow: Overflow = refuse): NumberValue {
  if (isDecimal(a) || isDecimal(b)) return multiplyDecimals(toDecimal(a), toDecimal(b));
  if (isDouble(a) || isDouble(b)) return double(toNumber(a) * toNumber(b));
  const product = BigInt(a as number | bigint) * BigInt(b as number | bigint);
  const small = typeof a === 'number' && typeof b === 'number' && BigInt.asIntN(32, product) === product;
  return small ? Number(product) : int64(product, overflow);
}

/** Zero in the type of the number: what `$mul` makes of a missing field. */
export function zeroLike(value: NumberValue): NumberValue {
  if (isDecimal(value)) return new Decimal128('0');
  if (typeof value === 'bigint') return 0n;
  return isDouble(value) ? double(0) : 0;
}

function int64(value: bigint, overflow: Overflow): NumberValue {
  return BigInt.asIntN(64, value) === value ? value : overflow(value);
}

function refuse(value: bigint): never {
  throw new AerolithError(
    'invalid_update',
    `The result ${value} is outside of int64; store the field as a double or a decimal.`,
    {
      result: value.toString(),
    },
  );
}

export function isDecimal(value: NumberValue): value is Decimal128 {
  return value instanceof Decimal128;
}

/** A `number` that is no int32 is a double (see the invariants of `Value`). */
export function isDouble(value: NumberValue): value is number | Double {
  return value instanceof Double || (typeof value === 'number' && !((value | 0) === value && !Object.is(value, -0)));
}

/** The nearest double. */
export function toNumber(value: Exclude<NumberValue, Decimal128>): number {
  return value instanceof Double ? value.value : Number(value);
}

/** Integers exactly; a double by its 15 significant digits, so that 0.1 becomes 0.1. */
export function toDecimal(value: NumberValue): Decimal128 {
  if (isDecimal(value)) return value;
  if (!isDouble(value)) return new Decimal128(value.toString());
  const number = toNumber(value);
  return Number.isFinite(number) ? decimalOfDouble(number) : new Decimal128(String(number));
}

function decimalOfDouble(number: number): Decimal128 {
  const sign = number < 0 || Object.is(number, -0) ? '-' : '';
  const [mantissa, exponent] = Math.abs(number).toExponential(14).split('e') as [string, string];
  const digits = mantissa.replace('.', '').replace(/0+$/, '') || '0';
  return decimalFrom(sign === '-', BigInt(digits), Number(exponent) - digits.length + 1);
}
