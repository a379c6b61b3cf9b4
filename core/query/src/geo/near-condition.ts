import { AerolithError } from '@aerolithdb/protocol';
import type { Filter, Path, Test } from '../filter.ts';
import type { Near } from './near.ts';

/** The `$near` of a filter, which the whole of it is ordered by. */
export type NearCondition = { readonly path: Path; readonly near: Near };

/** The `$near` that every document of the filter passes; undefined when it has none. */
export function nearOf(filter: Filter): NearCondition | undefined {
  if (filter.kind === 'and') return first(filter.filters, nearOf);
  return filter.kind === 'field' && filter.test.op === 'near' ? { path: filter.path, near: filter.test.near } : undefined;
}

function first<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Throws `invalid_filter` for a `$near` where there is no order of documents that it could give: anywhere when not `ordering`. */
export function assertNearPlace(filter: Filter, ordering: boolean): void {
  const count = nearsIn(filter);
  if (count === 0 || (ordering && count === 1 && nearOf(filter) !== undefined)) return;
  const message = ordering
    ? 'A filter has one $near, beside its other conditions: not in $or, $nor, $not, $all or $elemMatch. Use $geoWithin with $centerSphere for what is only to be near.'
    : '$near gives documents an order, so it stands in the filter of a find. Here use $geoWithin with $centerSphere, or in a pipeline the stage $geoNear.';
  throw new AerolithError('invalid_filter', message, { operator: '$near' });
}

function nearsIn(filter: Filter): number {
  if (filter.kind === 'field') return nearsOfTest(filter.test);
  return 'filters' in filter ? sum(filter.filters, nearsIn) : 0;
}

function nearsOfTest(test: Test): number {
  if (test.op === 'near') return 1;
  if (test.op === 'elemMatchDocument') return nearsIn(test.filter);
  return 'tests' in test ? sum(test.tests, nearsOfTest) : 0;
}

function sum<T>(values: readonly T[], count: (value: T) => number): number {
  return values.reduce((total, value) => total + count(value), 0);
}
