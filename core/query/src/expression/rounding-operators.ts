import { double, integer, type Value } from '@aerolithdb/protocol';
import { isDecimal, isDouble, toNumber } from '../arithmetic.ts';
import { type Rounding, roundDecimal } from '../decimal-division.ts';
import { asWholeNumber } from '../numeric.ts';
import type { NumberValue } from '../update.ts';
import { doesNotFit, invalidExpression } from './expression-error.ts';
import { numberArgument, ofNumber } from './number-argument.ts';
import { type Arguments, type Operators, positional, unary } from './operator.ts';
import { roundDouble, roundRatio } from './round-double.ts';
import { isNullish } from './truth.ts';

/** Places that may be rounded to: digits after the point, negative before it. */
const PLACES = { min: -20, max: 100 };

export const ROUNDING: Operators = {
  $ceil: unary(
    'number',
    'The least whole number that is not less.',
    ofNumber((value) => rounded(value, 0, 'ceiling', '$ceil')),
  ),
  $floor: unary(
    'number',
    'The greatest whole number that is not greater.',
    ofNumber((value) => rounded(value, 0, 'floor', '$floor')),
  ),
  $round: positional('[number, places]', 'The number rounded to so many places, half to even.', [1, 2], toPlaces('halfEven')),
  $trunc: positional('[number, places]', 'The number cut off after so many places.', [1, 2], toPlaces('truncate')),
};

function toPlaces(rounding: Rounding): (args: Arguments, name: string) => Value {
  return ([value, places], name) => {
    if (isNullish(value) || places === null) return null;
    const number = numberArgument(value, name);
    return rounded(number, placesArgument(places, name), rounding, name);
  };
}

function placesArgument(value: Value | undefined, name: string): number {
  if (value === undefined) return 0;
  const places = asWholeNumber(value);
  if (places === undefined) throw doesNotFit(name, 'a whole number of places', value);
  if (places >= PLACES.min && places <= PLACES.max) return places;
  throw invalidExpression(name, `${name} takes ${PLACES.min} to ${PLACES.max} places, not ${places}.`, { places });
}

/** The result is of the type of the number, but an int32 may become an int64. */
function rounded(value: NumberValue, places: number, rounding: Rounding, name: string): Value {
  if (isDecimal(value)) return roundDecimal(value, places, rounding);
  if (isDouble(value)) return double(roundDouble(toNumber(value), places, rounding));
  if (places >= 0) return value;
  const unit = 10n ** BigInt(-places);
  const result = roundRatio(BigInt(value), unit, rounding) * unit;
  if (BigInt.asIntN(64, result) !== result)
    throw invalidExpression(name, `${name} would make ${result}, which is outside of int64.`);
  return typeof value === 'number' ? integer(Number(result)) : result;
}
