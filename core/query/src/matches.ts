import {
  AerolithError,
  Decimal128,
  type Document,
  Double,
  isDocument,
  RegularExpression,
  typeName,
  type Value,
} from '@aerolithdb/protocol';
import { NO_SURROUNDINGS, scopeIn } from './bind-filter.ts';
import { hasBits } from './bits-test.ts';
import { compares } from './compare-test.ts';
import { remainderOf } from './decimal.ts';
import { isTrue } from './expression/truth.ts';
import type { Filter, Path, Test } from './filter.ts';
import { distanceWithin } from './geo/near.ts';
import { regionHolds } from './geo/region.ts';
import { meetsGeometry } from './geo/stored-geometry.ts';
import { arrayIndex } from './path.ts';

/**
 * Whether the filter selects the document. This is the reference: what a plan answers in SQL must be the same.
 * Throws `invalid_expression` when an `$expr` does not fit the document, and `invalid_filter` for `$text`, which only an index answers.
 *
 * @example
 * matches(parseFilter(parseDocument('{"tags":"red"}')), parseDocument('{"tags":["red","blue"]}')); // true
 */
export function matches(filter: Filter, document: Document): boolean {
  switch (filter.kind) {
    case 'field':
      return holds(filter.test, document, filter.path);
    case 'and':
      for (const part of filter.filters) if (!matches(part, document)) return false;
      return true;
    case 'or':
      for (const part of filter.filters) if (matches(part, document)) return true;
      return false;
    case 'nor':
      for (const part of filter.filters) if (matches(part, document)) return false;
      return true;
    case 'text':
      throw new AerolithError('invalid_filter', '$text needs the text index of a collection, in its present state.', {
        operator: '$text',
      });
    case 'expression':
      return isTrue(filter.expression.evaluate(scopeIn(filter.surroundings ?? NO_SURROUNDINGS, document)));
  }
}

const EXISTS: Test = { op: 'exists', exists: true };

/** Whether the test holds for what the document has at the path. */
export function holds(test: Test, document: Document, path: Path): boolean {
  switch (test.op) {
    case 'not':
      for (const part of test.tests) if (!holds(part, document, path)) return true;
      return false;
    case 'all':
      for (const part of test.tests) if (!holds(part, document, path)) return false;
      return test.tests.length > 0;
    case 'exists':
      return someAtPath(EXISTS, document, path, 0) === test.exists;
    default:
      return someAtPath(test, document, path, 0);
  }
}

function someAtPath(test: Test, document: Document, path: Path, at: number): boolean {
  const value = document.get(path[at]!);
  if (at === path.length - 1) return passesLeaf(test, value);
  if (isDocument(value)) return someAtPath(test, value, path, at + 1);
  if (Array.isArray(value)) return someInArray(test, value, path, at + 1);
  return passes(test, undefined);
}

/**
 * An array on the way: the rest of the path goes on in every element that is an object and, when its next component is a
 * number, in that element. Elements that are neither have no value there, not even a missing one.
 */
function someInArray(test: Test, array: Value[], path: Path, at: number): boolean {
  for (const element of array) if (isDocument(element) && someAtPath(test, element, path, at)) return true;
  const index = arrayIndex(path[at]!);
  const chosen = index === -1 ? undefined : array[index];
  if (chosen === undefined) return false;
  if (at === path.length - 1) return passes(test, chosen);
  if (isDocument(chosen)) return someAtPath(test, chosen, path, at + 1);
  return Array.isArray(chosen) && someInArray(test, chosen, path, at + 1);
}

/** An array at the end of a path: each element, then the array as a whole. */
export function passesLeaf(test: Test, value: Value | undefined): boolean {
  if (Array.isArray(value) && test.op !== 'size' && test.op !== 'elemMatchValue' && test.op !== 'elemMatchDocument') {
    for (const element of value) if (passes(test, element)) return true;
  }
  return passes(test, value);
}

/** Whether one value (undefined: missing) passes the test, an array taken as a whole. */
export function passes(test: Test, value: Value | undefined): boolean {
  switch (test.op) {
    case 'in':
      return test.set ? test.set.has(value) : test.values.some((operand) => compares('eq', operand, value));
    case 'exists':
      return (value !== undefined) === test.exists;
    case 'type':
      return value !== undefined && test.types.includes(typeName(value));
    case 'size':
      return Array.isArray(value) && value.length === test.size;
    case 'mod':
      return hasRemainder(value, test.divisor, test.remainder);
    case 'bitsAllSet':
    case 'bitsAnySet':
    case 'bitsAllClear':
    case 'bitsAnyClear':
      return hasBits(test.op, value, test.mask);
    case 'geoWithin':
      return regionHolds(test.region, value);
    case 'geoIntersects':
      return meetsGeometry(test.geometry, value);
    case 'near':
      return distanceWithin(test.near, value) !== undefined;
    case 'regex':
      if (typeof value === 'string') return test.test(value);
      return value instanceof RegularExpression && value.pattern === test.pattern && value.options === test.options;
    case 'all':
      return test.tests.length > 0 && passesAll(test.tests, value);
    case 'not':
      return !passesAll(test.tests, value);
    case 'elemMatchValue':
    case 'elemMatchDocument':
      return Array.isArray(value) && firstElement(test, value) !== -1;
    default:
      return compares(test.op, test.value, value);
  }
}

type ElementTest = Extract<Test, { op: 'elemMatchValue' | 'elemMatchDocument' }>;

/** The index of the first element that an `$elemMatch` accepts, or -1. */
export function firstElement(test: ElementTest, array: Value[]): number {
  for (let i = 0; i < array.length; i += 1) {
    const element = array[i]!;
    if (test.op === 'elemMatchValue' ? passesAll(test.tests, element) : matchesElement(test.filter, element)) return i;
  }
  return -1;
}

/** An array inside the array is matched like an object whose field names are its indexes. */
function matchesElement(filter: Filter, element: Value): boolean {
  if (isDocument(element)) return matches(filter, element);
  if (!Array.isArray(element)) return false;
  return matches(filter, new Map(element.map((value, index) => [String(index), value])));
}

function passesAll(tests: readonly Test[], value: Value | undefined): boolean {
  for (const test of tests) if (!passes(test, value)) return false;
  return true;
}

/** Fractions are cut off; what is no number, not finite or outside int64 has no remainder. */
function hasRemainder(value: Value | undefined, divisor: number, remainder: number): boolean {
  if (typeof value === 'number') return Math.abs(value) < 2 ** 63 && Math.trunc(value) % divisor === remainder;
  if (typeof value === 'bigint') return value % BigInt(divisor) === BigInt(remainder);
  if (value instanceof Double) return value.value % divisor === remainder;
  return value instanceof Decimal128 && remainderOf(value, divisor) === remainder;
}
