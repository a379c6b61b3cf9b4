import { type Decimal128, NotImplemented } from '@aerolithdb/protocol';

export function decimalExp(_value: Decimal128): Decimal128 {
  throw new NotImplemented('The exponential of a decimal');
}
export function decimalLog(_value: Decimal128, _base?: Decimal128): Decimal128 {
  throw new NotImplemented('The logarithm of a decimal');
}
export function decimalLog10(_value: Decimal128): Decimal128 {
  throw new NotImplemented('The logarithm of a decimal');
}
export function decimalPower(_base: Decimal128, _exponent: Decimal128): Decimal128 {
  throw new NotImplemented('The power of a decimal');
}
export function decimalSquareRoot(_value: Decimal128): Decimal128 {
  throw new NotImplemented('The square root of a decimal');
}
export function decimalFunction(name: string, _value: Decimal128, _second?: Decimal128): Decimal128 {
  throw new NotImplemented(`The function ${name} of a decimal`);
}
