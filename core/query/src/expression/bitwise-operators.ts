import type { Value } from '@aerolithdb/protocol';
import { typeName } from '@aerolithdb/protocol';
import { doesNotFit } from './expression-error.ts';
import { ANY, type Arguments, type Operators, positional, unary } from './operator.ts';
import { isNullish } from './truth.ts';

export const BITWISE: Operators = {
  $bitAnd: positional(
    '[int or long, …]',
    'The bits that are set in all; of none, -1.',
    ANY,
    fold(-1, (a, b) => a & b),
  ),
  $bitNot: unary('int or long', 'The bits turned over.', invert),
  $bitOr: positional(
    '[int or long, …]',
    'The bits that are set in any.',
    ANY,
    fold(0, (a, b) => a | b),
  ),
  $bitXor: positional(
    '[int or long, …]',
    'The bits that are set in an odd number of them.',
    ANY,
    fold(0, (a, b) => a ^ b),
  ),
};

/** The result is an int64 when one of the arguments is. */
function fold(start: number, apply: (a: bigint, b: bigint) => bigint): (args: Arguments, name: string) => Value {
  return (args, name) => {
    if (args.some(isNullish)) return null;
    const whole = args.map((value) => wholeArgument(value, name));
    const result = whole.map(BigInt).reduce(apply, BigInt(start));
    return whole.some((value) => typeof value === 'bigint') ? result : Number(result);
  };
}

function invert(value: Value | undefined, name: string): Value {
  if (isNullish(value)) return null;
  const whole = wholeArgument(value, name);
  return typeof whole === 'bigint' ? ~whole : ~whole;
}

function wholeArgument(value: Value | undefined, name: string): number | bigint {
  const type = value === undefined ? undefined : typeName(value ?? null);
  if (type === 'int' || type === 'long') return value as number | bigint;
  throw doesNotFit(name, 'an int or a long', value);
}
