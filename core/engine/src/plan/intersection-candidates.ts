import type { Asked } from './asked.ts';
import type { KeyCandidate } from './candidate.ts';
import type { Conjunct } from './conjuncts.ts';
import type { Estimates } from './estimates.ts';
import { isBounded } from './features-of.ts';

/** Indexes that are intersected at most, and those that are tried for it, the narrowest first. */
const INDEXES_MAX = 3;
const TRIED_MAX = 5;
/** Intervals of an index that is intersected: each is a part of one statement, and for each of the first index's they are gathered anew. */
const INTERVALS_MAX = 8;

/**
 * Ways that visit the entries of one index and keep those whose row has an entry in others too, so that only documents that several
 * conditions leave are read. `useful`: candidates of different indexes, bounded or in the wanted order.
 */
export function intersectionCandidates(
  { conjuncts }: Asked,
  useful: readonly KeyCandidate[],
  estimates: Estimates,
): KeyCandidate[] {
  const usable = useful.filter(({ intervals }) => intervals.length > 0 && intervals.length <= INTERVALS_MAX);
  if (usable.length < 2) return [];
  const tried = usable.toSorted((a, b) => estimates.entries(a) - estimates.entries(b)).slice(0, TRIED_MAX);
  const found: KeyCandidate[] = [];
  for (const first of tried) {
    if (first.exact || first.repeats) continue;
    let settled = new Set(first.settled);
    let within: readonly KeyCandidate[] = [];
    for (const other of tried) {
      if (
        within.length + 1 >= INDEXES_MAX ||
        other === first ||
        !isBounded(other) ||
        addsNothing(other, settled) ||
        addsNothing(first, new Set(other.settled))
      )
        continue;
      within = [...within, other];
      settled = settled.union(new Set(other.settled));
      found.push(intersectionOf(first, within, conjuncts));
    }
  }
  return found;
}

/** The entries of `first` whose row has one in each of `within` too. `conjuncts`: of the whole filter. */
export function intersectionOf(
  first: KeyCandidate,
  within: readonly KeyCandidate[],
  conjuncts: readonly Conjunct[],
): KeyCandidate {
  if (within.length === 0) return first;
  const settled = new Set([first, ...within].flatMap((candidate) => candidate.settled));
  const all = conjuncts.filter((conjunct) => settled.has(conjunct));
  return { ...first, within, settled: all, exact: all.length === conjuncts.length };
}

function addsNothing({ settled }: KeyCandidate, before: ReadonlySet<unknown>): boolean {
  return settled.every((conjunct) => before.has(conjunct));
}
