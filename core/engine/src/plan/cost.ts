import type { Candidate, KeyCandidate, UnionCandidate } from './candidate.ts';
import type { Conjunct } from './conjuncts.ts';

/** What the cost of a candidate is measured against. */
export type CostContext = {
  /** Documents in the collection. */
  readonly documents: number;
  readonly conjuncts: readonly Conjunct[];
  /** Documents wanted, when the query says so. */
  readonly limit?: number;
  readonly sorting: boolean;
  /** Only the number of documents is wanted. */
  readonly counting: boolean;
};

/** Shares of the entries that a bound is taken to leave, for want of statistics. */
const EQUALITY_SHARE = 0.005;
const RANGE_SHARE = 0.2;
/** Costs in units of one row of a scan. */
const FETCH_COST = 3;
const ENTRY_COST = 0.1;
const SORT_COST = 1;
const SEEK_COST = 2;
/** Rows that a walk in the wanted order reads for each one that passes a filter it does not bound. */
const ROWS_A_MATCH = 20;

/** An estimate of the work of a candidate, in rows of a scan. The least one is chosen. */
export function costOf(candidate: Candidate, context: CostContext): number {
  if (candidate.kind === 'union') return costOfUnion(candidate, context);
  const entries = candidate.kind === 'scan' ? context.documents : entriesOf(candidate, context);
  const rows = candidate.sorted ? Math.min(entries, rowsForLimit(candidate, context)) : entries;
  const sort = context.sorting && !candidate.sorted ? SORT_COST * entries : 0;
  if (candidate.kind === 'scan') return rows + sort;
  const perEntry = context.counting && candidate.exact ? ENTRY_COST : FETCH_COST;
  return candidate.intervals.length * SEEK_COST + rows * perEntry + sort;
}

/** The row ids of all entries are gathered before the first document is read. */
function costOfUnion({ branches, exact, sorted }: UnionCandidate, context: CostContext): number {
  const entries = branches.reduce((sum, branch) => sum + entriesOf(branch, context), 0);
  const seeks = branches.reduce((sum, branch) => sum + branch.intervals.length, 0) * SEEK_COST;
  if (context.counting && exact) return seeks + entries * ENTRY_COST;
  const rows = sorted ? Math.min(entries, context.limit ?? Number.POSITIVE_INFINITY) : entries;
  return seeks + entries * ENTRY_COST + rows * FETCH_COST + (context.sorting ? SORT_COST * entries : 0);
}

function entriesOf(candidate: KeyCandidate, { documents }: CostContext): number {
  const { source, equalities, ranged, intervals } = candidate;
  if (intervals.length === 0) return 0;
  if (source.unique && equalities === source.keys.length) return intervals.length;
  const each = documents * EQUALITY_SHARE ** equalities * (ranged ? RANGE_SHARE : 1);
  return equalities > 0 ? Math.max(1, each) * intervals.length : Math.max(1, each);
}

function rowsForLimit(candidate: Candidate, { limit, conjuncts }: CostContext): number {
  if (limit === undefined) return Number.POSITIVE_INFINITY;
  return conjuncts.length === 0 || candidate.exact ? limit : limit * ROWS_A_MATCH;
}
