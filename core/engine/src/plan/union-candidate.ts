import type { Filter } from '@aerolithdb/query';
import type { Asked } from './asked.ts';
import type { KeyCandidate, UnionCandidate } from './candidate.ts';
import { type Conjunct, conjunctsOf } from './conjuncts.ts';
import type { Estimates } from './estimates.ts';
import { keyCandidate } from './key-candidate.ts';
import { holdsAll } from './usable.ts';

/** Parts of an `$or` that are walked one after the other, and the index intervals of them all. */
const BRANCHES_MAX = 100;
const INTERVALS_MAX = 1000;

/**
 * The `$or` of a filter by one index for each of its parts. The filter may have further conditions beside it: they hold for every
 * part. Undefined when there is no `$or`, or one of its parts has no index that bounds it.
 */
export function unionCandidate({ wanted, sources }: Asked, estimates: Estimates): UnionCandidate | undefined {
  const parts = conditionsOf(wanted.filter);
  const or = parts.find((part) => part.kind === 'or');
  if (or === undefined || or.kind !== 'or') return undefined;
  const others = parts.filter((part) => part !== or).flatMap(conjunctsOf);
  const alternatives = alternativesOf(or);
  if (alternatives.length > BRANCHES_MAX) return undefined;
  const branches: KeyCandidate[] = [];
  for (const alternative of alternatives) {
    const conjuncts = [...conjunctsOf(alternative), ...others];
    const best = narrowest(
      sources.filter((source) => holdsAll(source, conjuncts)).map((source) => keyCandidate(source, conjuncts, undefined)),
      conjuncts,
      estimates,
    );
    if (best === undefined) return undefined;
    branches.push(best);
  }
  const intervals = branches.reduce((sum, branch) => sum + branch.intervals.length, 0);
  if (intervals > INTERVALS_MAX) return undefined;
  const exact = branches.every((branch) => branch.exact);
  return { kind: 'union', branches, exact, sorted: wanted.sort === undefined || wanted.sort.length === 0 };
}

/** The filters that must all hold. */
function conditionsOf(filter: Filter): Filter[] {
  return filter.kind === 'and' ? filter.filters.flatMap(conditionsOf) : [filter];
}

/** The filters of which one must hold; an `$or` within the `$or` adds its own. */
function alternativesOf(filter: Filter): Filter[] {
  return filter.kind === 'or' ? filter.filters.flatMap(alternativesOf) : [filter];
}

/** The one with the fewest entries; of those the one that settles most. */
function narrowest(
  candidates: readonly KeyCandidate[],
  conjuncts: readonly Conjunct[],
  estimates: Estimates,
): KeyCandidate | undefined {
  const bounded = candidates.filter((candidate) => candidate.equalities > 0 || candidate.ranged);
  const rated = bounded.map((candidate) => ({
    candidate,
    entries: estimates.entries(candidate),
    open: conjuncts.length - candidate.settled.length,
  }));
  rated.sort((a, b) => a.entries - b.entries || a.open - b.open);
  return rated[0]?.candidate;
}
