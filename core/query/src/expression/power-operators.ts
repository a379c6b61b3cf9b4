import { double, type Value } from '@aerolithdb/protocol';
import { isDecimal, isDouble, toDecimal, toNumber } from '../arithmetic.ts';
import { isNegative } from '../decimal-division.ts';
import { decimalExp, decimalLog, decimalLog10, decimalPower, decimalSquareRoot } from '../decimal-functions.ts';
import { asNumber } from '../numeric.ts';
import type { NumberValue } from '../update.ts';
import { invalidExpression } from './expression-error.ts';
import { ofNumber, ofNumbers } from './number-argument.ts';
import { binary, type Operators, unary } from './operator.ts';

export const POWERS: Operators = {
  $exp: unary('number', 'e raised to the number.', ofNumber(exp)),
  $ln: unary('number', 'The natural logarithm of a positive number.', ofNumber(ln)),
  $log: binary('[number, base]', 'The logarithm of a positive number to a positive base that is not 1.', ofNumbers(log)),
  $log10: unary('number', 'The logarithm to base 10 of a positive number.', ofNumber(log10)),
  $pow: binary('[base, exponent]', 'The power; whole when both are and the result fits into int64.', ofNumbers(power)),
  $sqrt: unary('number', 'The square root of a number that is not negative.', ofNumber(squareRoot)),
};

function exp(value: NumberValue): Value {
  return isDecimal(value) ? decimalExp(value) : double(Math.exp(toNumber(value)));
}

function ln(value: NumberValue, name: string): Value {
  checkPositive(value, name, 'a positive number');
  return isDecimal(value) ? decimalLog(value) : double(Math.log(toNumber(value)));
}

function log10(value: NumberValue, name: string): Value {
  checkPositive(value, name, 'a positive number');
  return isDecimal(value) ? decimalLog10(value) : double(Math.log10(toNumber(value)));
}

function log(value: NumberValue, base: NumberValue, name: string): Value {
  checkPositive(value, name, 'a positive number');
  checkPositive(base, name, 'a positive base');
  if (asNumber(base) === 1) throw invalidExpression(name, `The base of ${name} may not be 1.`);
  if (isDecimal(value) || isDecimal(base)) return decimalLog(toDecimal(value), toDecimal(base));
  return double(Math.log(toNumber(value)) / Math.log(toNumber(base)));
}

function checkPositive(value: NumberValue, name: string, wanted: string): void {
  const positive = isDecimal(value) ? !isNegative(value) && !/^0(\.0*)?(E|$)/.test(value.text) : !(toNumber(value) <= 0);
  if (!positive) throw invalidExpression(name, `${name} needs ${wanted}.`);
}

function squareRoot(value: NumberValue, name: string): Value {
  const number = asNumber(value)!;
  if (number < 0) throw invalidExpression(name, `${name} needs a number that is not negative.`);
  return isDecimal(value) ? decimalSquareRoot(value) : double(Math.sqrt(number));
}

function power(base: NumberValue, exponent: NumberValue, name: string): Value {
  if (asNumber(base) === 0 && asNumber(exponent)! < 0) {
    throw invalidExpression(name, `${name} cannot raise 0 to a negative exponent.`);
  }
  if (isDecimal(base) || isDecimal(exponent)) return decimalPower(toDecimal(base), toDecimal(exponent));
  if (isDouble(base) || isDouble(exponent)) return double(toNumber(base) ** toNumber(exponent));
  return wholePower(base, exponent);
}

function wholePower(base: number | bigint, exponent: number | bigint): Value {
  const result = exponent < 0 ? undefined : exactPower(BigInt(base), BigInt(exponent));
  if (result === undefined) return double(Number(base) ** Number(exponent));
  return typeof base === 'bigint' || typeof exponent === 'bigint' ? result : narrowest(result);
}

/** Undefined when the power is outside of int64. */
function exactPower(base: bigint, exponent: bigint): bigint | undefined {
  // A base of 0, 1 or -1 gives the same for all exponents that are alike even or odd.
  const isUnit = base * base <= 1n;
  if (isUnit && exponent > 2n) return base ** (2n - (exponent % 2n));
  // Any other base leaves int64 at the exponent 64.
  if (exponent > 64n) return undefined;
  const result = base ** exponent;
  return BigInt.asIntN(64, result) === result ? result : undefined;
}

function narrowest(value: bigint): number | bigint {
  return BigInt.asIntN(32, value) === value ? Number(value) : value;
}
