import { AerolithError, Binary, Decimal128, Double, toHex, type Value } from '@aerolithdb/protocol';
import type { BitsOp } from './filter.ts';
import { QUERY_LIMITS } from './limits.ts';
import { asWholeNumber } from './numeric.ts';

/**
 * Whether a value has the bits: a whole number in int64, in two's complement whose sign goes on for ever, or bytes, the first of
 * which holds the least bits. Other values have none of them set and none clear.
 */
export function hasBits(op: BitsOp, value: Value | undefined, mask: bigint): boolean {
  const bits = bitsOf(value);
  if (bits === undefined) return false;
  switch (op) {
    case 'bitsAllSet':
      return (bits & mask) === mask;
    case 'bitsAnySet':
      return (bits & mask) !== 0n;
    case 'bitsAllClear':
      return (bits & mask) === 0n;
    case 'bitsAnyClear':
      return (bits & mask) !== mask;
  }
}

function bitsOf(value: Value | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (value instanceof Binary) return ofBytes(value.bytes);
  if (value instanceof Decimal128) return wholeDecimal(value);
  const number = value instanceof Double ? value.value : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || Math.abs(number) >= 2 ** 63) return undefined;
  return BigInt(number);
}

function wholeDecimal(value: Decimal128): bigint | undefined {
  const whole = asWholeNumber(value);
  return whole === undefined ? undefined : BigInt(whole);
}

/** Bytes beyond the highest position do not count. */
function ofBytes(bytes: Uint8Array): bigint {
  const counted = bytes.slice(0, (QUERY_LIMITS.bitPosition + 1) / 8).reverse();
  return counted.length === 0 ? 0n : BigInt(`0x${toHex(counted)}`);
}

/** A number, bytes, or a list of positions, as a mask. Throws `invalid_filter`. */
export function parseBitMask(operator: string, operand: Value): bigint {
  const mask = Array.isArray(operand) ? maskOfPositions(operand) : bitsOf(operand);
  if (mask !== undefined && mask >= 0n) return mask;
  throw new AerolithError(
    'invalid_filter',
    `${operator} takes a whole number that is not negative, bytes, or an array of positions of bits, each from 0 to ${QUERY_LIMITS.bitPosition}.`,
    { operator },
  );
}

function maskOfPositions(positions: Value[]): bigint | undefined {
  let mask = 0n;
  for (const position of new Set(positions.map(asWholeNumber))) {
    if (position === undefined || position < 0 || position > QUERY_LIMITS.bitPosition) return undefined;
    mask |= 1n << BigInt(position);
  }
  return mask;
}
