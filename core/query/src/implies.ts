import { compareValues, MaxKey, MinKey, typeBracket, typeName, type Value } from '@aerolithdb/protocol';
import type { Filter, Test } from './filter.ts';
import { passes } from './matches.ts';
import { arrayIndex } from './path.ts';
import { sameFilter, sameTest } from './same-filter.ts';

/**
 * Whether every document that `filter` selects is selected by `wanted` too, as far as this can be told from their forms: false says
 * nothing. It is what allows an index that holds only some documents.
 *
 * @example
 * implies(parseFilter(parseDocument('{"n":{"$gt":7},"a":1}')), parseFilter(parseDocument('{"n":{"$gte":5}}'))); // true
 */
export function implies(filter: Filter, wanted: Filter): boolean {
  if (wanted.kind === 'and') return wanted.filters.every((part) => implies(filter, part));
  if (filter.kind === 'or') return filter.filters.length > 0 && filter.filters.every((part) => implies(part, wanted));
  if (wanted.kind === 'or' && wanted.filters.some((part) => implies(filter, part))) return true;
  if (filter.kind === 'and') return filter.filters.some((part) => implies(part, wanted));
  if (filter.kind === 'field' && wanted.kind === 'field' && filter.path.join('.') === wanted.path.join('.')) {
    return impliesTest(filter.test, wanted.test, !filter.path.some((component) => arrayIndex(component) !== -1));
  }
  return sameFilter(filter, wanted);
}

/**
 * Of tests of one path. `inArrays`: an array at its end is always taken apart, so that what holds for an element holds for the path;
 * a path with a number may choose an array and take it whole.
 */
function impliesTest(test: Test, wanted: Test, inArrays: boolean): boolean {
  if (sameTest(test, wanted)) return true;
  if (wanted.op === 'all') return wanted.tests.length > 0 && wanted.tests.every((part) => impliesTest(test, part, inArrays));
  if (test.op === 'all') return test.tests.some((part) => impliesTest(part, wanted, inArrays));
  if (!isOfOneValue(test)) return false;
  if (wanted.op === 'exists') return wanted.exists && !passes(test, undefined);
  if (test.op === 'elemMatchValue')
    return inArrays && isComparable(wanted) && test.tests.some((part) => isOfOneValue(part) && impliesOfValue(part, wanted));
  return isComparable(wanted) && impliesOfValue(test, wanted);
}

/** Tests that hold for a path as soon as one value passes. */
function isOfOneValue({ op }: Test): boolean {
  return op !== 'not' && op !== 'exists' && op !== 'all';
}

/** Tests that take an array like any value, beside its elements. */
function isComparable({ op }: Test): boolean {
  return op === 'eq' || op === 'gt' || op === 'gte' || op === 'lt' || op === 'lte' || op === 'in' || op === 'type';
}

/** Whether each single value that passes `test` passes `wanted`. */
function impliesOfValue(test: Test, wanted: Test): boolean {
  switch (test.op) {
    case 'eq':
      return impliesOfEqual(test.value, wanted);
    case 'in':
      return test.values.length > 0 && test.values.every((value) => impliesOfEqual(value, wanted));
    case 'type':
      return wanted.op === 'type' && test.types.every((type) => wanted.types.includes(type));
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return isPlainBound(test.value) && impliesOfRange(test.op, test.value, wanted);
    default:
      return false;
  }
}

const NUMBERS: readonly string[] = ['int', 'long', 'double', 'decimal'];

/** Numbers of all types are equal by value; null equals what is missing. */
function impliesOfEqual(value: Value, wanted: Test): boolean {
  if (wanted.op === 'type') return value !== null && hasTypes(value, wanted.types);
  return passes(wanted, value) && (value !== null || passes(wanted, undefined));
}

/** A comparison stays within the types that are ordered with its value. */
function impliesOfRange(op: 'gt' | 'gte' | 'lt' | 'lte', value: Value, wanted: Test): boolean {
  if (wanted.op === 'type') return hasTypes(value, wanted.types);
  if (wanted.op !== 'gt' && wanted.op !== 'gte' && wanted.op !== 'lt' && wanted.op !== 'lte') return false;
  if (!isPlainBound(wanted.value) || typeBracket(value) !== typeBracket(wanted.value)) return false;
  const upwards = op === 'gt' || op === 'gte';
  if (upwards !== (wanted.op === 'gt' || wanted.op === 'gte')) return false;
  const order = upwards ? compareValues(value, wanted.value) : compareValues(wanted.value, value);
  const excludes = wanted.op === 'gt' || wanted.op === 'lt';
  return order > 0 || (order === 0 && (!excludes || op === 'gt' || op === 'lt'));
}

function hasTypes(value: Value, types: readonly string[]): boolean {
  const name = typeName(value);
  return NUMBERS.includes(name) ? NUMBERS.every((type) => types.includes(type)) : types.includes(name);
}

/** Null, NaN, MinKey and MaxKey are compared by rules of their own. */
function isPlainBound(value: Value): boolean {
  if (value === null || value instanceof MinKey || value instanceof MaxKey) return false;
  return !isNumber(value) || passes({ op: 'gte', value: Number.NEGATIVE_INFINITY }, value);
}

function isNumber(value: Value): boolean {
  return NUMBERS.includes(typeName(value));
}
