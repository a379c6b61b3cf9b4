import { type Asked, isSorted } from './asked.ts';
import type { Candidate, KeyCandidate } from './candidate.ts';
import { COST_MODEL } from './cost/cost-model.ts';
import { Estimates } from './estimates.ts';
import { type Expected, expectedOf, isBounded } from './features-of.ts';
import { hintedCandidate } from './hint.ts';
import { intersectionCandidates } from './intersection-candidates.ts';
import { namesOf } from './names-of.ts';
import { unionCandidate } from './union-candidate.ts';
import { notUsed, whyDearer, whyUseless } from './why-not.ts';

/** A way with what is expected of it. */
export type Rated = { readonly candidate: Candidate; readonly expected: Expected; readonly cost: number };

/** `considered`: all ways that were weighed, the cheapest first. `rejected`: for each index that was not taken, one sentence. */
export type Choice = {
  readonly candidate: Candidate;
  readonly considered: () => readonly Rated[];
  readonly rejected: () => readonly string[];
};

/** The cheapest way to the documents. Throws `unknown_index` for a hint that names none. */
export function chooseIndex(asked: Asked): Choice {
  const estimates = new Estimates(asked);
  const rate = (candidate: Candidate): Rated => {
    const expected = expectedOf(candidate, asked, estimates);
    return { candidate, expected, cost: COST_MODEL.cost(expected.features) };
  };
  const hinted = hintedCandidate(asked, estimates);
  if (hinted !== undefined) {
    const names = namesOf(hinted);
    const others = asked.collection.indexes.filter(({ name }) => !names.includes(name));
    const rejected = () => others.map(({ name }) => notUsed(name, `the hint names ${asked.wanted.hint}`));
    return { candidate: hinted, considered: () => [rate(hinted)], rejected };
  }
  return chooseFreely(asked, estimates, rate);
}

function chooseFreely(asked: Asked, estimates: Estimates, rate: (candidate: Candidate) => Rated): Choice {
  const keys = asked.keys();
  const useful = keys.filter((candidate) => isUseful(candidate, asked));
  const special = asked.special();
  const only = special.filter((candidate) => candidate.only === true);
  const ways = only.length > 0 ? only : waysOf(asked, estimates, useful, special);
  let rated: readonly Rated[] | undefined;
  const considered = () => (rated ??= ways.map(rate).sort((a, b) => a.cost - b.cost));
  const best = obvious(ways, useful, estimates) ?? considered()[0]!.candidate;
  return { candidate: best, considered, rejected: () => sentences(asked, keys, considered(), best) };
}

function waysOf(asked: Asked, estimates: Estimates, useful: readonly KeyCandidate[], special: readonly Candidate[]): Candidate[] {
  const scan: Candidate = { kind: 'scan', exact: false, sorted: !isSorted(asked.wanted) };
  const union = unionCandidate(asked, estimates);
  const crossed = intersectionCandidates(asked, useful, estimates);
  return [scan, ...useful, ...special, ...crossed, ...(union === undefined ? [] : [union])];
}

/** Where there is one index to take, few entries are less than a scan of any collection: nothing needs to be weighed. */
function obvious(ways: readonly Candidate[], useful: readonly KeyCandidate[], estimates: Estimates): Candidate | undefined {
  const [only] = useful;
  return ways.length === 2 && only !== undefined && estimates.isFew(only) ? only : undefined;
}

/** Bounds, an order that was asked for, or fewer documents: otherwise a walk reads everything, in a dearer way than a scan. */
function isUseful(candidate: KeyCandidate, { wanted }: Asked): boolean {
  const holdsSome = candidate.source.condition !== undefined;
  return isBounded(candidate) || (candidate.sorted && isSorted(wanted)) || holdsSome;
}

function sentences(asked: Asked, keys: readonly KeyCandidate[], considered: readonly Rated[], best: Candidate): string[] {
  const taken = namesOf(best);
  const told = keys.filter(({ source }) => !taken.includes(source.name));
  const excluded = asked.excluded().filter(({ name }) => !taken.includes(name));
  const bestRated = considered.find(({ candidate }) => candidate === best)!;
  const others = told.flatMap((candidate) => {
    const { name, kind } = candidate.source;
    const rated = considered.find((other) => other.candidate === candidate);
    if (rated !== undefined)
      return [notUsed(name, whyDearer(candidate, rated.expected.entries, best, bestRated.expected.entries))];
    // Every query could be told that it does not name the _id.
    return kind === 'id' ? [] : [notUsed(name, whyUseless(candidate, asked))];
  });
  return [...others, ...excluded.map(({ name, why }) => notUsed(name, why))];
}
