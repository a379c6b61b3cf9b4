import type { Value } from '@aerolithdb/protocol';
import { ValueSet } from '../value-set.ts';
import { ANY, type Arguments, binary, type Operators, positional, unary } from './operator.ts';
import { checkArray } from './result-size.ts';
import { isNullish, isTrue } from './truth.ts';
import { arrayArgument } from './value-argument.ts';

/** Operators that take arrays for sets. A set that comes out has the order in which its elements were first met. */
export const SETS: Operators = {
  $allElementsTrue: unary('[array]', 'Whether all elements count as true.', (value, name) =>
    arrayArgument(value, name).every(isTrue),
  ),
  $anyElementTrue: unary('[array]', 'Whether some element counts as true.', (value, name) =>
    arrayArgument(value, name).some(isTrue),
  ),
  $setDifference: binary('[a, b]', 'The elements of a that b has not.', difference),
  $setEquals: positional('[array, …]', 'Whether all have the same elements.', [2, Number.POSITIVE_INFINITY], areEqual),
  $setIntersection: positional('[array, …]', 'The elements that all have.', ANY, intersection),
  $setIsSubset: binary('[a, b]', 'Whether b has every element of a.', isSubset),
  $setUnion: positional('[array, …]', 'The elements that any has, each once.', ANY, union),
};

function difference(a: Value | undefined, b: Value | undefined, name: string): Value {
  if (isNullish(a) || isNullish(b)) return null;
  const without = new ValueSet(arrayArgument(b, name));
  return distinct(arrayArgument(a, name)).filter((element) => !without.has(element));
}

function areEqual(args: Arguments, name: string): boolean {
  const [first, ...others] = args.map((value) => arrayArgument(value, name)) as [Value[], ...Value[][]];
  const set = new ValueSet(first);
  return others.every((other) => {
    const otherSet = new ValueSet(other);
    return other.every((element) => set.has(element)) && first.every((element) => otherSet.has(element));
  });
}

function intersection(args: Arguments, name: string): Value {
  if (args.some(isNullish)) return null;
  const [first, ...others] = args.map((value) => arrayArgument(value, name));
  if (first === undefined) return [];
  const sets = others.map((other) => new ValueSet(other));
  return distinct(first).filter((element) => sets.every((set) => set.has(element)));
}

function isSubset(a: Value | undefined, b: Value | undefined, name: string): boolean {
  const subset = arrayArgument(a, name);
  const set = new ValueSet(arrayArgument(b, name));
  return subset.every((element) => set.has(element));
}

function union(args: Arguments, name: string): Value {
  if (args.some(isNullish)) return null;
  return checkArray(distinct(args.flatMap((value) => arrayArgument(value, name))), name);
}

function distinct(array: readonly Value[]): Value[] {
  const seen = new ValueSet([]);
  return array.filter((element) => {
    if (seen.has(element)) return false;
    seen.add(element);
    return true;
  });
}
