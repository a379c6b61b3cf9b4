import { compareValues, equalValues, isDocument, type Value } from '@aerolithdb/protocol';
import { matches } from './matches.ts';
import { compareSortKeys, type Sort, sortKey } from './sort.ts';
import type { PullCondition, Push } from './update.ts';
import { ValueSet } from './value-set.ts';

/** Inserts, then sorts, then cuts. */
export function push(change: Push, array: readonly Value[]): Value[] {
  const position = change.position ?? array.length;
  const at = position < 0 ? Math.max(0, array.length + position) : Math.min(position, array.length);
  const joined = [...array.slice(0, at), ...change.values, ...array.slice(at)];
  const sorted = change.sort === undefined ? joined : sortElements(change.sort, joined);
  if (change.slice === undefined) return sorted;
  return change.slice < 0 ? sorted.slice(change.slice) : sorted.slice(0, change.slice);
}

function sortElements(sort: 1 | -1 | Sort, elements: Value[]): Value[] {
  if (typeof sort === 'number') return elements.sort((a, b) => sort * compareValues(a, b));
  const keyed = elements.map((element) => ({ element, key: sortKey(sort, isDocument(element) ? element : new Map()) }));
  return keyed.sort((a, b) => compareSortKeys(sort, a.key, b.key)).map(({ element }) => element);
}

/** Appends the values that are not yet there, each once. */
export function addToSet(values: readonly Value[], array: Value[]): Value[] {
  const present = new ValueSet(array);
  const fresh: Value[] = [];
  for (const value of values) {
    if (present.has(value)) continue;
    present.add(value);
    fresh.push(value);
  }
  return fresh.length === 0 ? array : [...array, ...fresh];
}

export function pull(condition: PullCondition, array: Value[]): Value[] {
  return kept(
    array,
    array.filter((element) => !isPulled(condition, element)),
  );
}

export function pullAll(values: readonly Value[], array: Value[]): Value[] {
  const set = new ValueSet(values);
  return kept(
    array,
    array.filter((element) => !set.has(element)),
  );
}

export function pop(end: 1 | -1, array: Value[]): Value[] {
  if (array.length === 0) return array;
  return end === 1 ? array.slice(0, -1) : array.slice(1);
}

function kept(array: Value[], rest: Value[]): Value[] {
  return rest.length === array.length ? array : rest;
}

function isPulled(condition: PullCondition, element: Value): boolean {
  switch (condition.kind) {
    case 'equal':
      return equalValues(condition.value, element);
    case 'value':
      return matches(condition.filter, new Map([['v', element]]));
    case 'document':
      return isDocument(element) && matches(condition.filter, element);
  }
}
