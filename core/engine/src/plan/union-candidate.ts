import type { Filter } from '@aerolithdb/query';
import type { KeyCandidate, KeySource, UnionCandidate } from './candidate.ts';
import { type Conjunct, conjunctsOf } from './conjuncts.ts';
import { costOf } from './cost.ts';
import { keyCandidate } from './key-candidate.ts';

/** Parts of an `$or` that are walked one after the other, and the index intervals of them all. */
const BRANCHES_MAX = 100;
const INTERVALS_MAX = 1000;

/**
 * The `$or` of a filter by one index for each of its parts. The filter may have further conditions beside it: they hold for every
 * part. Undefined when there is no `$or`, or one of its parts has no index that bounds it.
 */
export function unionCandidate(
  filter: Filter,
  sources: readonly KeySource[],
  documents: number,
  sorted: boolean,
): UnionCandidate | undefined {
  const parts = conditionsOf(filter);
  const or = parts.find((part) => part.kind === 'or');
  if (or === undefined || or.kind !== 'or') return undefined;
  const others = parts.filter((part) => part !== or).flatMap(conjunctsOf);
  const alternatives = alternativesOf(or);
  if (alternatives.length > BRANCHES_MAX) return undefined;
  const branches: KeyCandidate[] = [];
  for (const alternative of alternatives) {
    const best = cheapest(sources, [...conjunctsOf(alternative), ...others], documents);
    if (best === undefined) return undefined;
    branches.push(best);
  }
  const intervals = branches.reduce((sum, branch) => sum + branch.intervals.length, 0);
  if (intervals > INTERVALS_MAX) return undefined;
  return { kind: 'union', branches, exact: branches.every((branch) => branch.exact), sorted };
}

/** The filters that must all hold. */
function conditionsOf(filter: Filter): Filter[] {
  return filter.kind === 'and' ? filter.filters.flatMap(conditionsOf) : [filter];
}

/** The filters of which one must hold; an `$or` within the `$or` adds its own. */
function alternativesOf(filter: Filter): Filter[] {
  return filter.kind === 'or' ? filter.filters.flatMap(alternativesOf) : [filter];
}

function cheapest(sources: readonly KeySource[], conjuncts: readonly Conjunct[], documents: number): KeyCandidate | undefined {
  const context = { documents, conjuncts, sorting: false, counting: false };
  const bounded = sources
    .map((source) => keyCandidate(source, conjuncts, undefined))
    .filter((candidate) => candidate.equalities > 0 || candidate.ranged);
  return bounded.length === 0 ? undefined : bounded.reduce((a, b) => (costOf(b, context) < costOf(a, context) ? b : a));
}
