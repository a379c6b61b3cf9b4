/**
 * Elementary functions on fixed-point numbers: a bigint stands for itself divided by 10^DIGITS.
 *
 * Invariants:
 * 1. Arguments are up to some 10^5; results differ from the true ones by less than 10^-(DIGITS - 10).
 * 2. 34 digits of a result are right when it is not smaller than 10^-35.
 * Series are those of M. Abramowitz and I. Stegun, "Handbook of Mathematical Functions", 4.1, 4.2, 4.3 and 4.4.
 */
export const DIGITS = 80;
export const ONE = 10n ** BigInt(DIGITS);

export function times(a: bigint, b: bigint): bigint {
  return (a * b) / ONE;
}

export function over(a: bigint, b: bigint): bigint {
  return (a * ONE) / b;
}

export function squareRoot(a: bigint): bigint {
  return wholeSquareRoot(a * ONE);
}

/** The square root rounded down, by Newton's method. */
export function wholeSquareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 10n ** BigInt(Math.ceil(value.toString().length / 2));
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** e^x for |x| up to about 2. */
export function expSmall(x: bigint): bigint {
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n; n += 1n) {
    term = times(term, x) / n;
    sum += term;
  }
  return sum;
}

/** The natural logarithm of a number from 1 to 10: 2 artanh((x - 1)/(x + 1)). */
export function lnSmall(x: bigint): bigint {
  return 2n * oddSeries(over(x - ONE, x + ONE), 1n);
}

export function sine(x: bigint): bigint {
  return factorialSeries(x, x, 2n);
}

export function cosine(x: bigint): bigint {
  return factorialSeries(ONE, x, 1n);
}

/** The arc tangent: the argument is halved until the series is short. */
export function arcTangent(x: bigint): bigint {
  if (x < 0n) return -arcTangent(-x);
  if (x > ONE) return PI / 2n - arcTangent(over(ONE, x));
  let reduced = x;
  for (let i = 0; i < 3; i += 1) reduced = over(reduced, ONE + squareRoot(ONE + times(reduced, reduced)));
  return 8n * oddSeries(reduced, -1n);
}

/** x ± x³/3 + x⁵/5 ± … */
function oddSeries(x: bigint, sign: 1n | -1n): bigint {
  const square = sign * times(x, x);
  let power = x;
  let sum = x;
  for (let n = 3n; power !== 0n; n += 2n) {
    power = times(power, square);
    sum += power / n;
  }
  return sum;
}

/** first - first x²/(n(n+1)) + … , each term by the next two factors. */
function factorialSeries(first: bigint, x: bigint, start: bigint): bigint {
  const square = -times(x, x);
  let term = first;
  let sum = first;
  for (let n = start; term !== 0n; n += 2n) {
    term = times(term, square) / (n * (n + 1n));
    sum += term;
  }
  return sum;
}

/** π by Machin's formula. */
export const PI = 4n * (4n * oddSeries(ONE / 5n, -1n) - oddSeries(ONE / 239n, -1n));
export const LN10 = lnSmall(10n * ONE);
