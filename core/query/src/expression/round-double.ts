import type { Rounding } from '../decimal-division.ts';

/** A double rounded to `places` by its exact value: 2.675 is a little less than it seems and becomes 2.67. */
export function roundDouble(value: number, places: number, rounding: Rounding): number {
  if (!Number.isFinite(value) || value === 0) return value;
  if (places >= 0 && Number.isInteger(value)) return value;
  let numerator = value;
  let twos = 0n;
  for (; !Number.isInteger(numerator); twos += 1n) numerator *= 2;
  const tens = 10n ** BigInt(Math.abs(places));
  const dividend = places > 0 ? BigInt(numerator) * tens : BigInt(numerator);
  const divisor = places > 0 ? 1n << twos : tens << twos;
  const whole = roundRatio(dividend, divisor, rounding);
  return whole === 0n && value < 0 ? -0 : Number(`${whole}e${-places}`);
}

/** The whole number that dividend / divisor is rounded to. The divisor is positive. */
export function roundRatio(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const whole = dividend / divisor;
  const rest = dividend % divisor;
  if (rest === 0n) return whole;
  const outward = dividend < 0n ? whole - 1n : whole + 1n;
  switch (rounding) {
    case 'truncate':
      return whole;
    case 'floor':
      return dividend < 0n ? outward : whole;
    case 'ceiling':
      return dividend < 0n ? whole : outward;
    case 'halfEven': {
      const twice = rest < 0n ? -2n * rest : 2n * rest;
      return twice > divisor || (twice === divisor && whole % 2n !== 0n) ? outward : whole;
    }
  }
}
