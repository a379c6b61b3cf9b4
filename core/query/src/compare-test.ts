import { compareValues, Decimal128, MaxKey, MinKey, typeBracket, type Value } from '@aerolithdb/protocol';
import type { Comparison } from './filter.ts';

/**
 * Whether `value op operand` holds for one value (undefined: missing). Values of different type brackets never compare, but
 * null equals missing, and MinKey and MaxKey bound everything. NaN equals only NaN.
 */
export function compares(op: Comparison, operand: Value, value: Value | undefined): boolean {
  if (typeof value === 'string') {
    if (typeof operand !== 'string') return isBound(op, operand);
    return op === 'eq' ? value === operand : holdsFor(op, compareValues(value, operand));
  }
  if (typeof value === 'number' && typeof operand === 'number') return comparesNumbers(op, operand, value);
  if (value === undefined) return operand === null ? includesEqual(op) : isBound(op, operand);
  if (operand instanceof MinKey || operand instanceof MaxKey) return isBound(op, operand);
  if (typeBracket(value) !== typeBracket(operand)) return false;
  if (isNaNValue(value) || isNaNValue(operand)) return includesEqual(op) && isNaNValue(value) && isNaNValue(operand);
  return holdsFor(op, compareValues(value, operand));
}

function comparesNumbers(op: Comparison, operand: number, value: number): boolean {
  switch (op) {
    case 'eq':
      return value === operand || (Number.isNaN(value) && Number.isNaN(operand));
    case 'gt':
      return value > operand;
    case 'lt':
      return value < operand;
    case 'gte':
      return value >= operand || (Number.isNaN(value) && Number.isNaN(operand));
    case 'lte':
      return value <= operand || (Number.isNaN(value) && Number.isNaN(operand));
  }
}

function holdsFor(op: Comparison, order: number): boolean {
  switch (op) {
    case 'eq':
      return order === 0;
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
  }
}

/** Above MinKey and below MaxKey lies everything, also what is missing. */
function isBound(op: Comparison, operand: Value): boolean {
  if (operand instanceof MinKey) return op === 'gt' || op === 'gte';
  if (operand instanceof MaxKey) return op === 'lt' || op === 'lte';
  return false;
}

function includesEqual(op: Comparison): boolean {
  return op === 'eq' || op === 'gte' || op === 'lte';
}

function isNaNValue(value: Value): boolean {
  return typeof value === 'number' ? Number.isNaN(value) : value instanceof Decimal128 && value.text === 'NaN';
}
