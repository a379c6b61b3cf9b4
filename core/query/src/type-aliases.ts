import { AerolithError, suggestNearest, type Value } from '@aerolithdb/protocol';
import { asNumber } from './numeric.ts';

/** BSON type numbers by the names that `$type` takes. Types that documents here cannot hold are legal and match nothing. */
const NUMBER_BY_ALIAS: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};
const ALIAS_BY_NUMBER = new Map(Object.entries(NUMBER_BY_ALIAS).map(([alias, number]) => [number, alias]));
const NUMBERS = ['int', 'long', 'double', 'decimal'];

/**
 * The type names that the operand of `$type` stands for: an alias, a type number, `number`, or an array of them.
 * Throws `invalid_filter` naming the nearest alias.
 */
export function parseTypes(operand: Value): readonly string[] {
  const listed = Array.isArray(operand) ? operand : [operand];
  if (listed.length === 0) {
    throw new AerolithError('invalid_filter', '$type needs at least one type; an empty array names none.', { operator: '$type' });
  }
  return [...new Set(listed.flatMap(typesOf))];
}

function typesOf(operand: Value): readonly string[] {
  if (operand === 'number') return NUMBERS;
  if (typeof operand === 'string' && Object.hasOwn(NUMBER_BY_ALIAS, operand)) return [operand];
  const number = asNumber(operand);
  const alias = number === undefined ? undefined : ALIAS_BY_NUMBER.get(number);
  if (alias !== undefined) return [alias];
  throw unknownType(operand);
}

function unknownType(operand: Value): AerolithError {
  if (typeof operand !== 'string') {
    return new AerolithError('invalid_filter', '$type takes a type name, a BSON type number, or an array of them.', {
      operator: '$type',
    });
  }
  const nearest = suggestNearest(operand, [...Object.keys(NUMBER_BY_ALIAS), 'number']);
  const hint = nearest === undefined ? 'use for example "string", "int" or "number"' : `did you mean "${nearest}"?`;
  return new AerolithError('invalid_filter', `$type knows no type "${operand}"; ${hint}`, {
    operator: '$type',
    type: operand,
    nearest,
  });
}
