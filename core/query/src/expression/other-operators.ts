import { Binary, double, isDocument, Timestamp, type Value } from '@aerolithdb/protocol';
import { bsonSize } from './bson-size.ts';
import type { Expression } from './expression.ts';
import { doesNotFit, invalidExpression } from './expression-error.ts';
import { type Operator, type Operators, unary } from './operator.ts';
import type { ParseContext } from './parse-context.ts';
import { isNullish } from './truth.ts';
import { lengthInBytes } from './utf8.ts';

export const OTHERS: Operators = {
  $binarySize: unary('string or binData', 'The length in bytes.', (value, name) => {
    if (isNullish(value)) return null;
    if (typeof value === 'string') return lengthInBytes(value);
    if (value instanceof Binary) return value.bytes.length;
    throw doesNotFit(name, 'a string or binData', value);
  }),
  $bsonSize: unary('object', 'The length of the object in bytes of BSON.', (value, name) => {
    if (isNullish(value)) return null;
    if (isDocument(value)) return bsonSize(value);
    throw doesNotFit(name, 'an object', value);
  }),
  $rand: {
    form: '{}',
    summary: 'A double of 0 up to, not including, 1. Not in updates, which must be the same on every replica.',
    parse: parseRand,
  },
  $tsIncrement: ofTimestamp('The ordinal of a timestamp, a long.', (timestamp) => BigInt(timestamp.ordinal)),
  $tsSecond: ofTimestamp('The seconds of a timestamp, a long.', (timestamp) => BigInt(timestamp.seconds)),
};

function ofTimestamp(summary: string, read: (timestamp: Timestamp) => bigint): Operator {
  return unary('timestamp', summary, (value, name) => {
    if (isNullish(value)) return null;
    if (value instanceof Timestamp) return read(value);
    throw doesNotFit(name, 'a timestamp', value);
  });
}

function parseRand(operand: Value, context: ParseContext, name: string): Expression {
  const isEmpty = isDocument(operand) ? operand.size === 0 : Array.isArray(operand) && operand.length === 0;
  if (!isEmpty) throw invalidExpression(name, `${name} takes no argument; write {"${name}": {}}.`);
  if (context.deterministic) throw notHere(name);
  return {
    evaluate({ random }) {
      if (random === undefined) throw notHere(name);
      return double(random());
    },
    isConstant: false,
    paths: [],
  };
}

function notHere(name: string): Error {
  return invalidExpression(name, `${name} cannot be used here: the result must be the same on every replica.`);
}
