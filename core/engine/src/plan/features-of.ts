import type { Test } from '@aerolithdb/query';
import { type Asked, isSorted } from './asked.ts';
import type { Candidate, KeyCandidate, RowsCandidate, UnionCandidate } from './candidate.ts';
import { type Conjunct, isFieldConjunct } from './conjuncts.ts';
import { NO_WORK, type PlanFeatures } from './cost/plan-features.ts';
import type { Estimates } from './estimates.ts';

/** What a way to the documents is expected to meet. */
export type Expected = {
  /** Entries that are read, or documents of a scan. */
  readonly entries: number;
  /** Documents that pass the whole filter and are reached, before a sort. */
  readonly rows: number;
  readonly features: PlanFeatures;
};

/** A scan is weighed as if it read so many documents, so that a young collection has the plans that it will have later. */
const SMALL = 100;

/** The work that a candidate is expected to be for a query. */
export function expectedOf(candidate: Candidate, asked: Asked, estimates: Estimates): Expected {
  switch (candidate.kind) {
    case 'scan':
      return expectedOfScan(candidate.sorted, asked, estimates);
    case 'keys':
      return expectedOfKeys(candidate, asked, estimates);
    case 'union':
      return expectedOfUnion(candidate, asked, estimates);
    case 'rows':
      return expectedOfRows(candidate, asked, estimates);
  }
}

/** How far a walk goes that gives `passing` documents out of `all`, when it ends with the last one that is wanted. */
function reach(sorted: boolean, passing: number, { wanted }: Asked): number {
  if (!sorted || wanted.counting === true || wanted.limit === undefined || passing <= wanted.limit) return 1;
  return wanted.limit / passing;
}

function expectedOfScan(sorted: boolean, asked: Asked, estimates: Estimates): Expected {
  const passing = estimates.rows(asked.conjuncts, asked.bounded(), asked.special());
  const part = reach(sorted, passing, asked);
  const scanned = asked.known.documents * part;
  const weighed = Math.max(scanned, SMALL);
  const called = scanned * callsEach(asked.conjuncts);
  const features = { ...NO_WORK, scanned: weighed, called, sorted: sortedAfter(sorted, passing, asked) };
  return { entries: scanned, rows: passing * part, features };
}

function expectedOfKeys(candidate: KeyCandidate, asked: Asked, estimates: Estimates): Expected {
  const all = estimates.entries(candidate);
  const gathered = candidate.within.reduce((sum, other) => sum + estimates.entries(other), candidate.repeats ? all : 0);
  const joined = Math.min(all, estimates.together([candidate, ...candidate.within]));
  const bounds = candidate.within.length === 0 && !isBounded(candidate) ? asked.bounded() : [candidate, ...candidate.within];
  const passing = candidate.exact ? joined : Math.min(joined, estimates.rows(asked.conjuncts, bounds, asked.special()));
  const part = reach(candidate.sorted && !candidate.repeats, passing, asked);
  const fetched = candidate.exact && asked.wanted.counting === true ? 0 : joined * part;
  const called = candidate.exact ? 0 : fetched * callsEach(openOf(asked.conjuncts, candidate));
  const seeks = candidate.intervals.length + candidate.within.reduce((sum, { intervals }) => sum + intervals.length, 0);
  const features = {
    ...NO_WORK,
    seeks,
    entries: all * part,
    gathered,
    fetched,
    called,
    sorted: sortedAfter(candidate.sorted, passing, asked),
  };
  return { entries: all * part, rows: passing * part, features };
}

export function isBounded(candidate: KeyCandidate): boolean {
  return candidate.equalities > 0 || candidate.ranged;
}

/** The row ids of all entries are gathered before the first document is read. */
function expectedOfUnion({ branches, exact, sorted }: UnionCandidate, asked: Asked, estimates: Estimates): Expected {
  const entries = branches.reduce((sum, branch) => sum + estimates.entries(branch), 0);
  const seeks = branches.reduce((sum, branch) => sum + branch.intervals.length, 0);
  const passing = Math.min(
    entries,
    asked.known.documents,
    branches.reduce((sum, branch) => sum + estimates.rows(asked.conjuncts.filter(isFieldConjunct), [branch]), 0),
  );
  const part = reach(sorted, passing, asked);
  const fetched = exact && asked.wanted.counting === true ? 0 : Math.min(entries, asked.known.documents) * part;
  const called = exact ? 0 : fetched * callsEach(asked.conjuncts);
  const features = {
    ...NO_WORK,
    seeks,
    entries,
    gathered: entries,
    fetched,
    called,
    sorted: sortedAfter(sorted, passing, asked),
  };
  return { entries, rows: passing * part, features };
}

function expectedOfRows(candidate: RowsCandidate, asked: Asked, estimates: Estimates): Expected {
  const share = estimates.rows(openOf(asked.conjuncts, candidate), []) / Math.max(1, asked.known.documents);
  const passing = candidate.expected * (candidate.exact ? 1 : share);
  const part = reach(candidate.sorted, passing, asked);
  const fetched = candidate.exact && asked.wanted.counting === true ? 0 : candidate.expected * part;
  const called = candidate.exact ? 0 : fetched * callsEach(openOf(asked.conjuncts, candidate));
  const features = {
    ...NO_WORK,
    scanned: candidate.work,
    fetched,
    called,
    sorted: sortedAfter(candidate.sorted, passing, asked),
  };
  return { entries: candidate.expected, rows: passing * part, features };
}

function sortedAfter(sorted: boolean, passing: number, { wanted }: Asked): number {
  return isSorted(wanted) && !sorted && wanted.counting !== true ? passing : 0;
}

/** What a candidate leaves to be checked on each document. */
function openOf(conjuncts: readonly Conjunct[], { settled }: { readonly settled: readonly Conjunct[] }): readonly Conjunct[] {
  return conjuncts.filter((conjunct) => !settled.includes(conjunct));
}

/** Calls of the reference evaluation for one document. */
function callsEach(conjuncts: readonly Conjunct[]): number {
  return conjuncts.filter((conjunct) =>
    isFieldConjunct(conjunct) ? callsBack(conjunct.test) : conjunct.filter.kind === 'expression',
  ).length;
}

function callsBack({ op }: Test): boolean {
  return op === 'regex' || op === 'elemMatchDocument' || op === 'mod' || op === 'geoWithin' || op === 'geoIntersects';
}
