import { double, type Value } from '@aerolithdb/protocol';
import { isDecimal, toDecimal, toNumber } from '../arithmetic.ts';
import { type DecimalFunction, decimalArcTangent2, decimalFunction } from '../decimal-functions.ts';
import { asNumber } from '../numeric.ts';
import type { NumberValue } from '../update.ts';
import { invalidExpression } from './expression-error.ts';
import { ofNumber, ofNumbers } from './number-argument.ts';
import { binary, type Operator, type Operators, unary } from './operator.ts';

type Bounds = { readonly min: number; readonly max: number };
const FINITE = { min: -Number.MAX_VALUE, max: Number.MAX_VALUE };
const UNIT = { min: -1, max: 1 };

export const TRIGONOMETRY: Operators = {
  $acos: angle('The angle, in radians, that has this cosine.', Math.acos, 'acos', UNIT),
  $acosh: angle('The inverse hyperbolic cosine of a number of 1 or more.', Math.acosh, 'acosh', {
    min: 1,
    max: Number.POSITIVE_INFINITY,
  }),
  $asin: angle('The angle, in radians, that has this sine.', Math.asin, 'asin', UNIT),
  $asinh: angle('The inverse hyperbolic sine.', Math.asinh, 'asinh'),
  $atan: angle('The angle, in radians, that has this tangent.', Math.atan, 'atan'),
  $atan2: binary('[y, x]', 'The angle, in radians, of the point x, y.', ofNumbers(arcTangent)),
  $atanh: angle('The inverse hyperbolic tangent of a number of -1 to 1.', Math.atanh, 'atanh', UNIT),
  $cos: angle('The cosine of an angle in radians.', Math.cos, 'cos', FINITE),
  $cosh: angle('The hyperbolic cosine.', Math.cosh, 'cosh'),
  $degreesToRadians: angle('An angle in degrees, in radians.', (degrees) => degrees * (Math.PI / 180), 'radians'),
  $radiansToDegrees: angle('An angle in radians, in degrees.', (radians) => radians * (180 / Math.PI), 'degrees'),
  $sin: angle('The sine of an angle in radians.', Math.sin, 'sin', FINITE),
  $sinh: angle('The hyperbolic sine.', Math.sinh, 'sinh'),
  $tan: angle('The tangent of an angle in radians.', Math.tan, 'tan', FINITE),
  $tanh: angle('The hyperbolic tangent.', Math.tanh, 'tanh'),
};

/** The result is a decimal of a decimal, else a double. Throws `invalid_expression` out of the bounds. */
function angle(summary: string, apply: (value: number) => number, decimal: DecimalFunction, bounds?: Bounds): Operator {
  return unary(
    'number',
    summary,
    ofNumber((value, name): Value => {
      if (bounds !== undefined) checkBounds(value, bounds, name);
      return isDecimal(value) ? decimalFunction(decimal, value) : double(apply(toNumber(value)));
    }),
  );
}

function checkBounds(value: NumberValue, { min, max }: Bounds, name: string): void {
  const number = asNumber(value)!;
  if (Number.isNaN(number) || (number >= min && number <= max)) return;
  const range =
    min === FINITE.min ? 'a finite number' : max === Number.POSITIVE_INFINITY ? `${min} or more` : `a number of ${min} to ${max}`;
  throw invalidExpression(name, `${name} needs ${range}, not ${number}.`);
}

function arcTangent(y: NumberValue, x: NumberValue): Value {
  if (isDecimal(y) || isDecimal(x)) return decimalArcTangent2(toDecimal(y), toDecimal(x));
  return double(Math.atan2(toNumber(y), toNumber(x)));
}
