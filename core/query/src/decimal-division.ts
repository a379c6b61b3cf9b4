import { Decimal128 } from '@aerolithdb/protocol';
import { DIGITS_MAX, decimalFrom, type Finite, parseParts } from './decimal.ts';

/** Quotients, remainders and rounding of decimal128 (IEEE 754-2008, sections 5.3.2, 5.4.1 and 7). */

const NAN = new Decimal128('NaN');

/** a / b, rounded half to even. The divisor must not be zero; an exact quotient has the exponent nearest to the preferred one. */
export function divideDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const x = parseParts(a);
  const y = parseParts(b);
  if (x === 'NaN' || y === 'NaN') return NAN;
  const negative = isNegative(a) !== isNegative(b);
  if (typeof x === 'string') return typeof y === 'string' ? NAN : new Decimal128(negative ? '-Infinity' : 'Infinity');
  if (typeof y === 'string') return decimalFrom(negative, 0n, 0);
  return divideFinite(negative, x, y);
}

function divideFinite(negative: boolean, x: Finite, y: Finite): Decimal128 {
  // Two digits more than are kept, and a last one that says that there is a rest.
  const shift = Math.max(0, DIGITS_MAX + 2 + digitsOf(y.coefficient) - digitsOf(x.coefficient));
  const dividend = x.coefficient * 10n ** BigInt(shift);
  const preferred = x.exponent - y.exponent;
  let coefficient = dividend / y.coefficient;
  let exponent = preferred - shift;
  if (dividend % y.coefficient !== 0n) return decimalFrom(negative, coefficient * 10n + 1n, exponent - 1);
  while (exponent < preferred && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return decimalFrom(negative, coefficient, exponent);
}

/** The rest of a / b cut off to a whole number; it has the sign of a. The divisor must not be zero. */
export function remainderOfDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const x = parseParts(a);
  const y = parseParts(b);
  if (x === 'NaN' || y === 'NaN' || typeof x === 'string') return NAN;
  if (typeof y === 'string') return a;
  const exponent = Math.min(x.exponent, y.exponent);
  const scaled = (part: Finite): bigint => part.coefficient * 10n ** BigInt(part.exponent - exponent);
  return decimalFrom(x.negative, scaled(x) % scaled(y), exponent);
}

export type Rounding = 'halfEven' | 'truncate' | 'floor' | 'ceiling';

/** The decimal rounded to `places` digits after the point (negative: before it). */
export function roundDecimal(decimal: Decimal128, places: number, rounding: Rounding): Decimal128 {
  const x = parseParts(decimal);
  if (typeof x === 'string') return decimal;
  const surplus = -places - x.exponent;
  if (surplus <= 0) return decimal;
  const kept = surplus > digitsOf(x.coefficient) ? 0n : x.coefficient / 10n ** BigInt(surplus);
  const up = roundsUp(x, kept, surplus, rounding);
  return decimalFrom(x.negative, up ? kept + 1n : kept, -places);
}

/** Whether the magnitude that was cut off to `kept` is to be one more. */
function roundsUp(x: Finite, kept: bigint, surplus: number, rounding: Rounding): boolean {
  if (surplus > digitsOf(x.coefficient)) return awayFromZero(x, rounding) && x.coefficient !== 0n;
  const unit = 10n ** BigInt(surplus);
  const rest = x.coefficient - kept * unit;
  if (rounding !== 'halfEven') return rest !== 0n && awayFromZero(x, rounding);
  return 2n * rest > unit || (2n * rest === unit && kept % 2n === 1n);
}

function awayFromZero(x: Finite, rounding: Rounding): boolean {
  return rounding === 'floor' ? x.negative : rounding === 'ceiling' && !x.negative;
}

export function isNegative(decimal: Decimal128): boolean {
  return decimal.text.startsWith('-');
}

export function negateDecimal(decimal: Decimal128): Decimal128 {
  if (decimal.text === 'NaN') return decimal;
  return new Decimal128(isNegative(decimal) ? decimal.text.slice(1) : `-${decimal.text}`);
}

function digitsOf(coefficient: bigint): number {
  return coefficient.toString().length;
}
