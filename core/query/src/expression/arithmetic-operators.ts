import { DateTime, Decimal128, double, integer, type Value } from '@aerolithdb/protocol';
import { add, isDecimal, isDouble, multiply, type Overflow, toDecimal, toNumber } from '../arithmetic.ts';
import { parseParts } from '../decimal.ts';
import { divideDecimals, isNegative, negateDecimal, remainderOfDecimals } from '../decimal-division.ts';
import { asNumber } from '../numeric.ts';
import type { NumberValue } from '../update.ts';
import { dateFrom } from './date-argument.ts';
import { doesNotFit, invalidExpression } from './expression-error.ts';
import { isNumber, numberArgument, ofNumber, ofNumbers } from './number-argument.ts';
import { ANY, type Arguments, binary, type Operators, positional, unary } from './operator.ts';
import { isNullish } from './truth.ts';

export const ARITHMETIC: Operators = {
  $abs: unary('number', 'The absolute value.', ofNumber(abs)),
  $add: positional(
    '[number or date, …]',
    'The sum; with one date among the numbers, the date so many milliseconds later.',
    ANY,
    sum,
  ),
  $divide: binary('[dividend, divisor]', 'The quotient, a double or a decimal.', ofNumbers(divide)),
  $mod: binary('[dividend, divisor]', 'The remainder, with the sign of the dividend.', ofNumbers(remainder)),
  $multiply: positional('[number, …]', 'The product.', ANY, product),
  $subtract: binary('[a, b]', 'The difference; of two dates in milliseconds, of a date and a number a date.', subtract),
};

/** An integer result beyond int64 becomes a double. */
export const TO_DOUBLE: Overflow = (result) => double(Number(result));

function abs(value: NumberValue, name: string): Value {
  if (isDecimal(value)) return isNegative(value) ? negateDecimal(value) : value;
  if (isDouble(value)) return double(Math.abs(toNumber(value)));
  if (typeof value === 'number') return integer(Math.abs(value));
  if (value === -(2n ** 63n)) throw invalidExpression(name, `${name} of the least int64 is outside of int64; use a decimal.`);
  return value < 0n ? -value : value;
}

function sum(args: Arguments, name: string): Value {
  let date: DateTime | undefined;
  let total: NumberValue = 0;
  for (const value of args) {
    if (isNullish(value)) return null;
    if (value instanceof DateTime) {
      if (date !== undefined)
        throw invalidExpression(name, `${name} takes one date at most; use $subtract for the time between two.`);
      date = value;
    } else if (isNumber(value)) total = add(total, value, TO_DOUBLE);
    else throw doesNotFit(name, 'numbers or a date', value);
  }
  return date === undefined ? total : laterBy(date, total, 1, name);
}

function product(args: Arguments, name: string): Value {
  let total: NumberValue = 1;
  for (const value of args) {
    if (isNullish(value)) return null;
    total = multiply(total, numberArgument(value, name), TO_DOUBLE);
  }
  return total;
}

function subtract(a: Value | undefined, b: Value | undefined, name: string): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof DateTime) {
    if (b instanceof DateTime) return BigInt(a.ms - b.ms);
    if (isNumber(b)) return laterBy(a, b, -1, name);
    throw doesNotFit(name, 'a date or a number behind a date', b);
  }
  return add(numberArgument(a, name), negated(numberArgument(b, name)), TO_DOUBLE);
}

function negated(value: NumberValue): NumberValue {
  if (isDecimal(value)) return negateDecimal(value);
  if (isDouble(value)) return double(-toNumber(value));
  return typeof value === 'number' ? integer(0 - value) : -value;
}

/** Parts of a millisecond are rounded. */
function laterBy(date: DateTime, by: NumberValue, sign: 1 | -1, name: string): DateTime {
  return dateFrom(date.ms + sign * Math.round(asNumber(by)!), name);
}

function divide(a: NumberValue, b: NumberValue, name: string): Value {
  if (asNumber(b) === 0 && !isTinyDecimal(b)) throw invalidExpression(name, `${name} cannot divide by zero.`);
  if (isDecimal(a) || isDecimal(b)) return divideDecimals(toDecimal(a), toDecimal(b));
  return double(toNumber(a) / toNumber(b));
}

function remainder(a: NumberValue, b: NumberValue, name: string): Value {
  if (asNumber(b) === 0 && !isTinyDecimal(b)) throw invalidExpression(name, `${name} cannot divide by zero.`);
  if (isDecimal(a) || isDecimal(b)) return remainderOfDecimals(toDecimal(a), toDecimal(b));
  if (isDouble(a) || isDouble(b)) return double(toNumber(a) % toNumber(b));
  if (typeof a === 'number' && typeof b === 'number') return (a % b) + 0;
  return BigInt(a as number | bigint) % BigInt(b as number | bigint);
}

/** A decimal that is not zero may be so small that the nearest double is. */
function isTinyDecimal(value: NumberValue): boolean {
  if (!(value instanceof Decimal128)) return false;
  const parts = parseParts(value);
  return typeof parts !== 'string' && parts.coefficient !== 0n;
}
