import type { Sort } from '@aerolithdb/query';
import { type Bounds, boundsOf, intersectBounds } from './bounds.ts';
import type { KeyCandidate, KeySource } from './candidate.ts';
import { type Conjunct, isFieldConjunct } from './conjuncts.ts';
import { concatenate, descending, type KeyInterval } from './key-interval.ts';
import { matchSort } from './sort-match.ts';
import { settledByCondition } from './usable.ts';

/** Intervals that one walk visits, one statement each. */
const INTERVALS_MAX = 1000;

const EVERY_KEY: KeyInterval = { low: new Uint8Array(), high: Uint8Array.of(0xff) };

/** What the conjuncts say of one key of a source, and which of them it settles. */
type ColumnBounds = Bounds & { readonly settled: readonly Conjunct[] };

/** How a query would walk this source. */
export function keyCandidate(source: KeySource, conjuncts: readonly Conjunct[], sort: Sort | undefined): KeyCandidate {
  const columns = leadingBounds(source, conjuncts);
  const byKeys = columns.flatMap((column) => (column.exact ? column.settled : []));
  const settled = new Set([...byKeys, ...settledByCondition(source, conjuncts)]);
  const single = leadingSingles(columns);
  const order = sort === undefined ? 'forward' : matchSort(source, single, sort);
  return {
    kind: 'keys',
    source,
    intervals: columns.length === 0 ? [EVERY_KEY] : compoundIntervals(columns, source),
    equalities: columns.filter((column) => column.points).length,
    ranged: columns.some((column) => !column.points),
    settled: conjuncts.filter((conjunct) => settled.has(conjunct)),
    exact: conjuncts.every((conjunct) => settled.has(conjunct)),
    sorted: order !== undefined,
    reverse: order === 'reverse',
    repeats: source.multikey.length > 0,
    within: [],
  };
}

/** Bounds of the leading keys: single values as long as there are any, then one key with ranges. */
function leadingBounds(source: KeySource, conjuncts: readonly Conjunct[]): ColumnBounds[] {
  const columns: ColumnBounds[] = [];
  let product = 1;
  for (let i = 0; i < source.keys.length; i++) {
    const column = columnBounds(source, i, conjuncts);
    if (column === undefined || product * column.intervals.length > INTERVALS_MAX) break;
    product *= Math.max(1, column.intervals.length);
    columns.push(column);
    if (!column.points) break;
  }
  return columns;
}

/**
 * With an array on the path, two tests may be passed by two elements, so only one of them bounds the entries; without one, all
 * do together.
 */
function columnBounds(source: KeySource, i: number, conjuncts: readonly Conjunct[]): ColumnBounds | undefined {
  const path = source.keys[i]![0];
  const candidates: ColumnBounds[] = [];
  for (const conjunct of conjuncts) {
    if (!isFieldConjunct(conjunct) || conjunct.path.join('.') !== path) continue;
    const bounds = boundsOf(conjunct.path, conjunct.test);
    if (bounds !== undefined) candidates.push({ ...bounds, settled: [conjunct] });
  }
  if (source.multikey.includes(i)) return narrowest(candidates);
  const bounds = intersectBounds(candidates);
  return bounds === undefined ? undefined : { ...bounds, settled: candidates.flatMap((candidate) => candidate.settled) };
}

function narrowest(candidates: readonly ColumnBounds[]): ColumnBounds | undefined {
  const points = candidates.filter((candidate) => candidate.points);
  if (points.length > 0) return points.reduce((a, b) => (b.intervals.length < a.intervals.length ? b : a));
  return candidates[0];
}

/** How many leading keys have one value only: they do not disturb the order of the rest. */
function leadingSingles(columns: readonly ColumnBounds[]): number {
  const first = columns.findIndex((column) => !column.points || column.intervals.length !== 1);
  return first === -1 ? columns.length : first;
}

function compoundIntervals(columns: readonly ColumnBounds[], source: KeySource): KeyInterval[] {
  let intervals: KeyInterval[] = [{ low: new Uint8Array(), high: new Uint8Array() }];
  columns.forEach((column, i) => {
    const own = source.keys[i]![1] === 1 ? column.intervals : column.intervals.map(descending).reverse();
    intervals = intervals.flatMap((prefix) => own.map((interval) => append(prefix.low, interval)));
  });
  return intervals;
}

/** All columns before the last have single values: their `low` is the key itself. */
function append(prefix: Uint8Array, interval: KeyInterval): KeyInterval {
  return { low: concatenate(prefix, interval.low), high: concatenate(prefix, interval.high) };
}
