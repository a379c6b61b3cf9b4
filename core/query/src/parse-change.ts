import { Decimal128, type Document, Double, isDocument, RegularExpression, typeName, type Value } from '@aerolithdb/protocol';
import { invalidChange } from './invalid-change.ts';
import { asNumber } from './numeric.ts';
import { isValueCondition } from './operators.ts';
import { parseElementFilter } from './parse-filter.ts';
import { parsePush } from './parse-push.ts';
import type { BitStep, Change, NumberValue, PullCondition } from './update.ts';

export const UPDATE_OPERATORS = [
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$rename',
  '$setOnInsert',
  '$currentDate',
  '$push',
  '$pull',
  '$pullAll',
  '$addToSet',
  '$pop',
  '$bit',
] as const;

/** Reads what one operator (any but `$rename`) does at one path. Throws `invalid_update`, and for `$pull` what `parseFilter` throws. */
export function parseChange(operator: string, path: string, value: Value): Change {
  switch (operator) {
    case '$set':
    case '$setOnInsert':
    case '$min':
    case '$max':
      return { op: operator.slice(1) as 'set' | 'setOnInsert' | 'min' | 'max', value };
    case '$unset':
      return { op: 'unset' };
    case '$inc':
    case '$mul':
      return { op: operator === '$inc' ? 'inc' : 'mul', by: parseNumber(operator, path, value) };
    case '$currentDate':
      return { op: 'currentDate', type: parseDateType(path, value) };
    case '$push':
      return parsePush(path, value);
    case '$addToSet':
      return { op: 'addToSet', values: parseAddToSet(path, value) };
    case '$pull':
      return { op: 'pull', condition: parsePull(value) };
    case '$pullAll':
      if (!Array.isArray(value))
        throw invalidChange(operator, path, `takes an array of the values to remove, not ${typeName(value)}`);
      return { op: 'pullAll', values: value };
    case '$pop':
      return { op: 'pop', end: parseEnd(path, value) };
    default:
      return { op: 'bit', steps: parseBit(path, value) };
  }
}

function parseNumber(operator: string, path: string, value: Value): NumberValue {
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof Decimal128)
    return value;
  throw invalidChange(operator, path, `takes a number, not ${typeName(value)}`);
}

function parseDateType(path: string, value: Value): 'date' | 'timestamp' {
  if (value === true) return 'date';
  const named = isDocument(value) && value.size === 1 ? value.get('$type') : undefined;
  const type = typeof named === 'string' ? named : undefined;
  if (type === 'date' || type === 'timestamp') return type;
  throw invalidChange('$currentDate', path, 'takes true, {"$type": "date"} or {"$type": "timestamp"}');
}

function parseAddToSet(path: string, value: Value): readonly Value[] {
  if (!isDocument(value) || value.keys().next().value !== '$each') return [value];
  const each = value.get('$each');
  if (!Array.isArray(each)) throw invalidChange('$addToSet', path, 'takes an array in $each');
  if (value.size > 1) throw invalidChange('$addToSet', path, 'takes $each and no other modifier');
  return each;
}

function parsePull(value: Value): PullCondition {
  if (value instanceof RegularExpression || isValueCondition(value)) {
    return { kind: 'value', filter: parseElementFilter(new Map([['v', value]])) };
  }
  return isDocument(value) ? { kind: 'document', filter: parseElementFilter(value) } : { kind: 'equal', value };
}

function parseEnd(path: string, value: Value): 1 | -1 {
  const number = asNumber(value);
  if (number === 1 || number === -1) return number;
  throw invalidChange('$pop', path, 'takes 1 (the last element) or -1 (the first)');
}

function parseBit(path: string, value: Value): readonly BitStep[] {
  if (!isDocument(value) || value.size === 0) throw invalidChange('$bit', path, 'takes an object such as {"and": 5}');
  return [...(value as Document)].map(([by, operand]) => {
    if (by !== 'and' && by !== 'or' && by !== 'xor')
      throw invalidChange('$bit', path, `knows "and", "or" and "xor", not "${by}"`);
    const type = typeName(operand);
    if (type === 'int') return { by, operand: operand as number };
    if (type === 'long') return { by, operand: operand as bigint };
    throw invalidChange('$bit', path, `takes a whole number (int or long), not ${type}`);
  });
}
