import { AerolithError, Decimal128 } from '@aerolithdb/protocol';
import { decimalFrom, type Finite, multiplyDecimals, parseParts } from './decimal.ts';
import { divideDecimals, isNegative } from './decimal-division.ts';
import {
  arcTangent,
  cosine,
  DIGITS,
  expSmall,
  LN10,
  lnSmall,
  ONE,
  over,
  PI,
  sine,
  squareRoot,
  times,
  wholeSquareRoot,
} from './fixed-point.ts';

/** Elementary functions of decimal128, to 34 digits (IEEE 754-2008, section 9.2). Arguments out of a domain give NaN. */

const NAN = new Decimal128('NaN');
const ZERO = new Decimal128('0');
const INFINITE = new Decimal128('Infinity');
/** Beyond this exponents, in powers of e, results leave decimal128. */
const EXPONENT_MAX = 14_500;

export function decimalExp(value: Decimal128): Decimal128 {
  const x = finite(value);
  if (x === undefined) return value.text === '-Infinity' ? ZERO : value;
  if (Math.abs(Number(value.text)) > EXPONENT_MAX) return isNegative(value) ? ZERO : INFINITE;
  return expOf(fixedOf(x));
}

/** The natural logarithm, or that to a base, of a positive number. */
export function decimalLog(value: Decimal128, base?: Decimal128): Decimal128 {
  const x = finite(value);
  if (x === undefined) return value;
  if (base === undefined) return decimalOf(lnOf(x));
  const y = finite(base);
  return y === undefined ? (base.text === 'NaN' ? NAN : ZERO) : decimalOf(over(lnOf(x), lnOf(y)));
}

export function decimalLog10(value: Decimal128): Decimal128 {
  const x = finite(value);
  if (x === undefined) return value;
  const digits = x.coefficient.toString();
  if (/^10*$/.test(digits)) return new Decimal128(String(x.exponent + digits.length - 1));
  return decimalOf(over(lnOf(x), LN10));
}

/** Exact for whole exponents while the digits are few. Zero is not raised to a negative exponent. */
export function decimalPower(base: Decimal128, exponent: Decimal128): Decimal128 {
  const x = finite(base);
  const y = finite(exponent);
  if (x === undefined || y === undefined) return new Decimal128(String(Number(base.text) ** Number(exponent.text)));
  const whole = Number(exponent.text);
  if (Number.isInteger(whole) && Math.abs(whole) <= 256) return wholePower(base, whole);
  if (x.coefficient === 0n) return ZERO;
  if (x.negative && !Number.isInteger(whole)) return NAN;
  const product = Number(exponent.text) * Math.log(Math.abs(Number(base.text)));
  if (Number.isFinite(product) && Math.abs(product) > EXPONENT_MAX) return product < 0 ? ZERO : INFINITE;
  const result = expOf(times(fixedOf(y), lnOf({ ...x, negative: false })));
  return x.negative && whole % 2 !== 0 ? multiplyDecimals(result, new Decimal128('-1')) : result;
}

function wholePower(base: Decimal128, exponent: number): Decimal128 {
  if (exponent < 0) return divideDecimals(new Decimal128('1'), wholePower(base, -exponent));
  const x = finite(base)!;
  const negative = x.negative && exponent % 2 === 1;
  return decimalFrom(negative, x.coefficient ** BigInt(exponent), x.exponent * exponent);
}

/** Of a number that is not negative. */
export function decimalSquareRoot(value: Decimal128): Decimal128 {
  const x = finite(value);
  if (x === undefined || x.coefficient === 0n) return value;
  const shift = 80 + (((x.exponent % 2) + 2) % 2);
  const scaled = x.coefficient * 10n ** BigInt(shift);
  let root = wholeSquareRoot(scaled);
  let exponent = (x.exponent - shift) / 2;
  // A last digit that says that there is a rest.
  if (root * root !== scaled) return decimalFrom(false, root * 10n + 1n, exponent - 1);
  for (; exponent < Math.floor(x.exponent / 2) && root % 10n === 0n; exponent += 1) root /= 10n;
  return decimalFrom(false, root, exponent);
}

export type DecimalFunction = keyof typeof FUNCTIONS;

/** On fixed-point numbers. What is so small that it is its own sine and tangent to 34 digits does not come here. */
const FUNCTIONS = {
  sin: (x: bigint) => sine(reduced(x)),
  cos: (x: bigint) => cosine(reduced(x)),
  tan: (x: bigint) => over(sine(reduced(x)), cosine(reduced(x))),
  atan: arcTangent,
  asin: arcSine,
  acos: (x: bigint) => PI / 2n - arcSine(x),
  sinh: (x: bigint) => (exponential(x) - exponential(-x)) / 2n,
  cosh: (x: bigint) => (exponential(x) + exponential(-x)) / 2n,
  tanh: (x: bigint) => over(exponential(2n * x) - ONE, exponential(2n * x) + ONE),
  asinh: (x: bigint) => (x < 0n ? -areaSine(-x) : areaSine(x)),
  acosh: (x: bigint) => logarithm(x + squareRoot(times(x, x) - ONE)),
  atanh: (x: bigint) => logarithm(over(ONE + x, ONE - x)) / 2n,
  radians: (x: bigint) => times(x, PI) / 180n,
  degrees: (x: bigint) => over(x * 180n, PI),
} as const satisfies Record<string, (x: bigint) => bigint>;

/** Functions whose value is about the argument where that is small. */
const NEAR_ITSELF: ReadonlySet<string> = new Set(['sin', 'tan', 'atan', 'asin', 'sinh', 'tanh', 'asinh', 'atanh']);

/** Throws `invalid_expression` for an argument too large to be computed to 34 digits. */
export function decimalFunction(name: DecimalFunction, value: Decimal128): Decimal128 {
  const x = finite(value);
  const number = Number(value.text);
  if (x === undefined || isEdge(name, number)) return new Decimal128(String(edgeValue(name, number)));
  const size = magnitudeOf(x);
  if (NEAR_ITSELF.has(name) && size < -20) return value;
  if (name === 'radians' || name === 'degrees') return multiplyDecimals(value, decimalOf(FUNCTIONS[name](ONE)));
  if (size > LARGEST[name]!) throw tooLarge(name);
  return decimalOf(FUNCTIONS[name](fixedOf(x)));
}

/** The angle of the point x, y. */
export function decimalArcTangent2(y: Decimal128, x: Decimal128): Decimal128 {
  const number = Number(x.text);
  if (finite(y) === undefined || finite(x) === undefined || number === 0) {
    const angle = Math.atan2(Number(y.text), number);
    return Number.isNaN(angle) ? NAN : decimalOf((PI * BigInt(Math.round((angle / Math.PI) * 4))) / 4n);
  }
  const angle = decimalFunction('atan', divideDecimals(y, x));
  if (number > 0) return angle;
  return decimalOf(fixedOf(finite(angle)!) + (isNegative(y) ? -PI : PI));
}

/** Decimal places before the point that a function takes; hyperbolic ones grow out of fixed-point numbers. */
const LARGEST: Readonly<Record<string, number>> = {
  sin: 30,
  cos: 30,
  tan: 30,
  atan: 40,
  asin: 1,
  acos: 1,
  sinh: 4,
  cosh: 4,
  tanh: 3,
  asinh: 30,
  acosh: 30,
  atanh: 1,
};

function isEdge(name: string, number: number): boolean {
  return (name === 'atanh' && Math.abs(number) === 1) || (name === 'tanh' && Math.abs(number) > 100);
}

function edgeValue(name: DecimalFunction, number: number): number {
  if (name === 'radians' || name === 'degrees') return number;
  return Math[name](number);
}

function arcSine(x: bigint): bigint {
  const rest = ONE - times(x, x);
  if (rest <= 0n) return x < 0n ? -PI / 2n : PI / 2n;
  return arcTangent(over(x, squareRoot(rest)));
}

function areaSine(x: bigint): bigint {
  return logarithm(x + squareRoot(times(x, x) + ONE));
}

/** The angle between -π and π. */
function reduced(x: bigint): bigint {
  const rest = x % (2n * PI);
  return rest > PI ? rest - 2n * PI : rest < -PI ? rest + 2n * PI : rest;
}

function exponential(x: bigint): bigint {
  const tens = x / LN10;
  const small = expSmall(x - tens * LN10);
  return tens < 0n ? small / 10n ** -tens : small * 10n ** tens;
}

function logarithm(x: bigint): bigint {
  return lnOf({ negative: false, coefficient: x, exponent: -DIGITS });
}

function lnOf(x: Finite): bigint {
  const digits = x.coefficient.toString().length;
  const scale = DIGITS - digits + 1;
  const mantissa = scale >= 0 ? x.coefficient * 10n ** BigInt(scale) : x.coefficient / 10n ** BigInt(-scale);
  return lnSmall(mantissa) + LN10 * BigInt(x.exponent + digits - 1);
}

function expOf(x: bigint): Decimal128 {
  const tens = x / LN10;
  return decimalFrom(false, expSmall(x - tens * LN10), Number(tens) - DIGITS);
}

/** Undefined for NaN and what is infinite. */
function finite(value: Decimal128): Finite | undefined {
  const parts = parseParts(value);
  return typeof parts === 'string' ? undefined : parts;
}

/** Digits before the point; negative by the zeros behind it. */
function magnitudeOf(x: Finite): number {
  return x.coefficient === 0n ? Number.NEGATIVE_INFINITY : x.coefficient.toString().length + x.exponent;
}

function fixedOf(x: Finite): bigint {
  const shift = DIGITS + x.exponent;
  const magnitude = shift >= 0 ? x.coefficient * 10n ** BigInt(shift) : shift < -200 ? 0n : x.coefficient / 10n ** BigInt(-shift);
  return x.negative ? -magnitude : magnitude;
}

/** Without the zeros at the end that fixed-point numbers bring. */
function decimalOf(x: bigint): Decimal128 {
  if (x === 0n) return ZERO;
  let coefficient = x < 0n ? -x : x;
  let exponent = -DIGITS;
  for (; exponent < 0 && coefficient % 10n === 0n; exponent += 1) coefficient /= 10n;
  return decimalFrom(x < 0n, coefficient, exponent);
}

function tooLarge(name: string): AerolithError {
  return new AerolithError(
    'invalid_expression',
    `The decimal is too large for ${name} to be computed to 34 digits; use a double.`,
  );
}
