import { compareValues, isDocument, type Value } from '@aerolithdb/protocol';
import { asWholeNumber } from '../numeric.ts';
import { compareBySort, parseSort, type Sort } from '../sort.ts';
import { combine, type Expression } from './expression.ts';
import { doesNotFit, invalidExpression } from './expression-error.ts';
import { type NamedValues, named, type Operator, type Operators, readFields } from './operator.ts';
import type { ParseContext } from './parse-context.ts';
import { isNullish } from './truth.ts';
import { arrayArgument } from './value-argument.ts';

/** Operators that choose or order elements. */
export const ORDERING: Operators = {
  $firstN: several('The first n elements.', (array, n) => array.slice(0, n)),
  $lastN: several('The last n elements.', (array, n) => array.slice(-n)),
  $maxN: several('The n greatest elements, greatest first; null is left out.', (array, n) => extremes(array, n, -1)),
  $minN: several('The n least elements, least first; null is left out.', (array, n) => extremes(array, n, 1)),
  $sortArray: {
    form: '{ input, sortBy }',
    summary: 'The elements in order: sortBy is 1, -1 or a sort by fields.',
    parse: parseSortArray,
  },
};

function several(summary: string, choose: (array: Value[], n: number) => Value[]): Operator {
  return named(
    '{ n, input }',
    summary,
    { required: ['n', 'input'], optional: [] },
    ({ n, input }: NamedValues<'n' | 'input'>, name) => {
      const count = asWholeNumber(n);
      if (count === undefined || count < 1) throw invalidExpression(name, `"n" of ${name} is a whole number above 0.`);
      return choose(arrayArgument(input, name), count);
    },
  );
}

function extremes(array: Value[], n: number, direction: 1 | -1): Value[] {
  return array
    .filter((element) => element !== null)
    .sort((a, b) => direction * compareValues(a, b))
    .slice(0, n);
}

function parseSortArray(operand: Value, context: ParseContext, name: string): Expression {
  const fields = readFields(operand, name, { required: ['input', 'sortBy'], optional: [] });
  const input = context.parse(fields.get('input')!);
  const sortBy = fields.get('sortBy')!;
  const compare = comparisonOf(sortBy, name);
  const keys = isDocument(sortBy) ? sortBy.size : 1;
  return combine([input], (scope) => {
    const given = input.evaluate(scope);
    if (isNullish(given)) return null;
    const array = arrayArgument(given, name);
    scope.steps?.spend(array.length * keys * rounds(array.length));
    return array.toSorted(compare);
  });
}

/** The logarithm to base 2 and a bit: how often a sort comes to one element. */
function rounds(length: number): number {
  return 32 - Math.clz32(length);
}

function comparisonOf(sortBy: Value, name: string): (a: Value, b: Value) => number {
  if (isDocument(sortBy)) {
    const sort = parseSort(sortBy);
    return (a, b) => compareElements(sort, a, b);
  }
  const direction = asWholeNumber(sortBy);
  if (direction === 1 || direction === -1) return (a, b) => direction * compareValues(a, b);
  throw doesNotFit(name, '1, -1 or an object as "sortBy"', sortBy);
}

/** To a sort by fields, what is no object has none. */
function compareElements(sort: Sort, a: Value, b: Value): number {
  return compareBySort(sort, isDocument(a) ? a : new Map(), isDocument(b) ? b : new Map());
}
