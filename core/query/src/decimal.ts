import { Decimal128 } from '@aerolithdb/protocol';

/**
 * Arithmetic on decimal128 (IEEE 754-2008, section 5.4.1), exact and then rounded half to even to 34 digits.
 *
 * Invariants:
 * 1. A finite result is coefficient × 10^exponent with |coefficient| < 10^34 and -6176 <= exponent <= 6111.
 * 2. The exponent of an exact result is the preferred one: the lesser of the operands' for a sum, their sum for a product.
 */
export const DIGITS_MAX = 34;
const EXPONENT_MIN = -6176;
const EXPONENT_MAX = 6111;

export type Finite = { readonly negative: boolean; readonly coefficient: bigint; readonly exponent: number };
export type Parsed = Finite | 'NaN' | 'Infinity' | '-Infinity';

export function addDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const x = parseParts(a);
  const y = parseParts(b);
  if (x === 'NaN' || y === 'NaN') return new Decimal128('NaN');
  if (typeof x === 'string') return new Decimal128(typeof y === 'string' && x !== y ? 'NaN' : x);
  if (typeof y === 'string') return new Decimal128(y);
  return addFinite(x, y);
}

export function multiplyDecimals(a: Decimal128, b: Decimal128): Decimal128 {
  const x = parseParts(a);
  const y = parseParts(b);
  if (x === 'NaN' || y === 'NaN') return new Decimal128('NaN');
  const negative = isNegative(x) !== isNegative(y);
  if (typeof x === 'string' || typeof y === 'string') {
    const product = isZero(x) || isZero(y) ? 'NaN' : infinity(negative);
    return new Decimal128(product);
  }
  return format(round({ negative, coefficient: x.coefficient * y.coefficient, exponent: x.exponent + y.exponent }));
}

/** ±coefficient × 10^exponent, rounded to fit. */
export function decimalFrom(negative: boolean, coefficient: bigint, exponent: number): Decimal128 {
  return format(round({ negative, coefficient, exponent }));
}

/** The remainder (with the sign of the dividend) of the whole part by a whole divisor; undefined when it is outside int64. */
export function remainderOf(decimal: Decimal128, divisor: number): number | undefined {
  const whole = wholePart(decimal);
  if (whole === undefined || BigInt.asIntN(64, whole) !== whole) return undefined;
  return Number(whole % BigInt(divisor));
}

function wholePart(decimal: Decimal128): bigint | undefined {
  const x = parseParts(decimal);
  if (typeof x === 'string') return undefined;
  if (x.coefficient === 0n) return 0n;
  if (x.exponent > DIGITS_MAX) return undefined;
  const scale = 10n ** BigInt(Math.min(Math.abs(x.exponent), 2 * DIGITS_MAX));
  const whole = x.exponent < 0 ? x.coefficient / scale : x.coefficient * scale;
  return x.negative ? -whole : whole;
}

/** Sign, coefficient and exponent; a text for what is not finite. */
export function parseParts(decimal: Decimal128): Parsed {
  const text = decimal.text;
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(text);
  if (!parts) return text === 'Infinity' || text === '-Infinity' ? text : 'NaN';
  const fraction = parts[3] ?? '';
  return {
    negative: parts[1] === '-',
    coefficient: BigInt(parts[2] + fraction),
    exponent: Number(parts[4] ?? 0) - fraction.length,
  };
}

function addFinite(x: Finite, y: Finite): Decimal128 {
  const [high, low] = x.exponent >= y.exponent ? [x, y] : [y, x];
  const distance = high.exponent - low.exponent;
  // Beyond this distance the low one only decides the rounding, so its exact place does not matter.
  const shift = Math.min(distance, 3 * DIGITS_MAX);
  const nearLow = shift === distance ? low.coefficient : low.coefficient === 0n ? 0n : 1n;
  const exponent = high.coefficient === 0n ? low.exponent : high.exponent - shift;
  const sum = signed(high) * 10n ** BigInt(shift) + (low.negative ? -nearLow : nearLow);
  if (high.coefficient === 0n) return format(round({ ...low, negative: signOfSum(signed(low), x, y) }));
  return format(round({ negative: signOfSum(sum, x, y), coefficient: sum < 0n ? -sum : sum, exponent }));
}

/** A sum of zero is negative only when both operands are. */
function signOfSum(sum: bigint, x: Finite, y: Finite): boolean {
  return sum === 0n ? x.negative && y.negative : sum < 0n;
}

function signed(x: Finite): bigint {
  return x.negative ? -x.coefficient : x.coefficient;
}

function round(x: Finite): Finite | 'Infinity' | '-Infinity' {
  const digits = x.coefficient.toString().length;
  const surplus = Math.max(digits - DIGITS_MAX, EXPONENT_MIN - x.exponent, 0);
  let coefficient = surplus === 0 ? x.coefficient : divideHalfEven(x.coefficient, surplus);
  let exponent = x.exponent + surplus;
  if (coefficient === 10n ** BigInt(DIGITS_MAX)) {
    coefficient /= 10n;
    exponent += 1;
  }
  if (coefficient === 0n) return { negative: x.negative, coefficient, exponent: Math.min(exponent, EXPONENT_MAX) };
  while (exponent > EXPONENT_MAX) {
    coefficient *= 10n;
    exponent -= 1;
    if (coefficient >= 10n ** BigInt(DIGITS_MAX)) return infinity(x.negative);
  }
  return { negative: x.negative, coefficient, exponent };
}

function divideHalfEven(coefficient: bigint, digits: number): bigint {
  // More digits than any coefficient has: the quotient is zero and the rest below a half.
  if (digits > 4 * DIGITS_MAX) return 0n;
  const divisor = 10n ** BigInt(digits);
  const quotient = coefficient / divisor;
  const twice = 2n * (coefficient % divisor);
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}

function isNegative(x: Parsed): boolean {
  return typeof x === 'string' ? x === '-Infinity' : x.negative;
}

function isZero(x: Parsed): boolean {
  return typeof x !== 'string' && x.coefficient === 0n;
}

function infinity(negative: boolean): 'Infinity' | '-Infinity' {
  return negative ? '-Infinity' : 'Infinity';
}

/** General Decimal Arithmetic, "to-scientific-string". */
function format(x: Finite | 'Infinity' | '-Infinity'): Decimal128 {
  if (typeof x === 'string') return new Decimal128(x);
  const sign = x.negative ? '-' : '';
  const digits = x.coefficient.toString();
  const adjusted = x.exponent + digits.length - 1;
  if (x.exponent > 0 || adjusted < -6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return new Decimal128(`${sign}${digits[0]}${fraction}E${adjusted < 0 ? '-' : '+'}${Math.abs(adjusted)}`);
  }
  if (x.exponent === 0) return new Decimal128(sign + digits);
  const padded = digits.padStart(1 - x.exponent, '0');
  return new Decimal128(`${sign}${padded.slice(0, x.exponent)}.${padded.slice(x.exponent)}`);
}
