import { type DecimalParts, decimalParts } from './decimal128.ts';
import { Decimal128, Double } from './value.ts';

/**
 * Numbers of four kinds compared by their exact value. Doubles and integers take the fast ways of the language (which compares
 * bigint with number exactly); decimals go through integers of any size.
 */
export type NumberValue = number | bigint | Double | Decimal128;

/** Below 0, 0 or above 0. NaN of any kind is equal to NaN and below all else; -0 equals 0. */
export function compareNumbers(a: NumberValue, b: NumberValue): number {
  if (a instanceof Decimal128) {
    return b instanceof Decimal128 ? compareDecimals(decimalParts(a), decimalParts(b)) : compareDecimalToBinary(a, plain(b));
  }
  if (b instanceof Decimal128) return 0 - compareDecimalToBinary(b, plain(a));
  return comparePlain(plain(a), plain(b));
}

function plain(value: number | bigint | Double): number | bigint {
  return value instanceof Double ? value.value : value;
}

function comparePlain(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return (Number.isNaN(a) ? 0 : 1) - (Number.isNaN(b) ? 0 : 1);
}

function compareDecimalToBinary(decimal: Decimal128, other: number | bigint): number {
  const parts = decimalParts(decimal);
  if (parts.kind === 'nan') return Number.isNaN(other) ? 0 : -1;
  if (Number.isNaN(other)) return 1;
  if (typeof other === 'bigint') return compareDecimals(parts, integerParts(other));
  if (parts.kind === 'infinity') {
    const infinite = parts.negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return comparePlain(infinite, other);
  }
  return compareDecimalToDouble(parts, other);
}

function integerParts(value: bigint): FiniteParts {
  const negative = value < 0n;
  return { kind: 'finite', negative, digits: (negative ? -value : value).toString(), exponent: 0 };
}

function rank(parts: DecimalParts): number {
  if (parts.kind === 'nan') return -3;
  if (parts.kind === 'infinity') return parts.negative ? -2 : 2;
  if (parts.digits === '0') return 0;
  return parts.negative ? -1 : 1;
}

function compareDecimals(a: DecimalParts, b: DecimalParts): number {
  const sign = rank(a);
  if (sign !== rank(b)) return sign - rank(b);
  if (a.kind !== 'finite' || b.kind !== 'finite' || sign === 0) return 0;
  return sign > 0 ? compareMagnitudes(a, b) : compareMagnitudes(b, a);
}

type FiniteParts = Extract<DecimalParts, { kind: 'finite' }>;

/** Position of the point: the value is 0.d₁d₂d₃… × 10^magnitude. */
function magnitude(parts: FiniteParts): number {
  return parts.digits.length + parts.exponent;
}

function compareMagnitudes(a: FiniteParts, b: FiniteParts): number {
  const difference = magnitude(a) - magnitude(b);
  if (difference !== 0) return difference;
  const length = Math.max(a.digits.length, b.digits.length);
  const left = a.digits.padEnd(length, '0');
  const right = b.digits.padEnd(length, '0');
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Magnitudes beyond which no comparison with a finite double needs its digits: 10^309 and 10^-324. */
const MAGNITUDE_ABOVE_DOUBLES = 310;
const MAGNITUDE_BELOW_DOUBLES = -330;

function compareDecimalToDouble(parts: FiniteParts, other: number): number {
  const sign = rank(parts);
  if (sign === 0) return comparePlain(0, other);
  if (other === Number.POSITIVE_INFINITY) return -1;
  if (other === Number.NEGATIVE_INFINITY) return 1;
  if (Math.sign(other) !== sign) return sign - Math.sign(other);
  if (magnitude(parts) > MAGNITUDE_ABOVE_DOUBLES) return sign;
  if (magnitude(parts) < MAGNITUDE_BELOW_DOUBLES) return -sign;
  const order = compareFinite(parts, Math.abs(other));
  return sign > 0 ? order : 0 - order;
}

function compareFinite(parts: FiniteParts, other: number): number {
  const { mantissa, exponent } = splitDouble(other);
  let left = BigInt(parts.digits);
  let right = mantissa;
  if (parts.exponent >= 0) left *= 10n ** BigInt(parts.exponent);
  else right *= 10n ** BigInt(-parts.exponent);
  if (exponent >= 0) right <<= BigInt(exponent);
  else left <<= BigInt(-exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

const conversion = new DataView(new ArrayBuffer(8));

/** A positive finite double as mantissa × 2^exponent. */
function splitDouble(value: number): { mantissa: bigint; exponent: number } {
  conversion.setFloat64(0, value);
  const bits = conversion.getBigUint64(0);
  const biased = Number(bits >> 52n);
  const fraction = bits & 0xf_ffff_ffff_ffffn;
  if (biased === 0) return { mantissa: fraction, exponent: -1074 };
  return { mantissa: fraction | 0x10_0000_0000_0000n, exponent: biased - 1075 };
}

/** The next double below a double that is not -Infinity or NaN. */
export function doubleBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  conversion.setFloat64(0, value);
  const bits = conversion.getBigInt64(0);
  conversion.setBigInt64(0, value > 0 ? bits - 1n : bits + 1n);
  return conversion.getFloat64(0);
}

/** The largest double that is not above the value; NaN for NaN. */
export function floorDouble(value: bigint | Decimal128): number {
  let near = Number(value instanceof Decimal128 ? value.text : value);
  if (Number.isNaN(near)) return near;
  while (compareNumbers(near, value) > 0) near = doubleBelow(near);
  return near;
}

/** A number that is no double, as ±0.digits × 10^magnitude with no zero at either end of the digits. */
export function exactDigits(value: bigint | Decimal128): { negative: boolean; digits: string; magnitude: number } {
  const parts = value instanceof Decimal128 ? decimalParts(value) : integerParts(value);
  if (parts.kind !== 'finite') return { negative: false, digits: '', magnitude: 0 };
  return { negative: parts.negative, digits: parts.digits.replace(/0+$/, ''), magnitude: magnitude(parts) };
}
