import { Decimal128, Double, isInt32, type Value } from '@aerolithdb/protocol';
import { asWholeNumber } from '../numeric.ts';
import type { NumberValue } from '../update.ts';
import { doesNotFit } from './expression-error.ts';
import { isNullish } from './truth.ts';

export function isNumber(value: Value | undefined): value is NumberValue {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof Decimal128;
}

/** Throws `invalid_expression` for what is no number. */
export function numberArgument(value: Value | undefined, name: string): NumberValue {
  if (isNumber(value)) return value;
  throw doesNotFit(name, 'a number', value);
}

/** A number of any kind that is whole and in the int32 range, as a number. Throws `invalid_expression`. */
export function int32Argument(value: Value | undefined, name: string, what: string): number {
  const whole = asWholeNumber(value);
  if (whole !== undefined && isInt32(whole)) return whole;
  throw doesNotFit(name, `a whole number of 32 bits as ${what}`, value);
}

/** `apply` of a number; null of null and missing. Throws `invalid_expression` for what is no number. */
export function ofNumber(apply: (number: NumberValue, name: string) => Value): (value: Value | undefined, name: string) => Value {
  return (value, name) => (isNullish(value) ? null : apply(numberArgument(value, name), name));
}

/** `apply` of two numbers; null when one of them is null or missing. */
export function ofNumbers(
  apply: (a: NumberValue, b: NumberValue, name: string) => Value,
): (a: Value | undefined, b: Value | undefined, name: string) => Value {
  return (a, b, name) => (isNullish(a) || isNullish(b) ? null : apply(numberArgument(a, name), numberArgument(b, name), name));
}
