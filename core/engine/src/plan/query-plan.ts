import type { Filter } from '@aerolithdb/query';
import type { CollectionRecord } from '../catalogue.ts';
import { Asked, type Knowledge, type Wanted } from './asked.ts';
import type { Candidate } from './candidate.ts';
import { chooseIndex, type Rated } from './choose-index.ts';
import { type Compiled, compileFilter } from './compile-filter.ts';

/** How a query is answered: a way to the rows, and the whole filter to check each of them by. */
export type QueryPlan = Compiled & {
  readonly collection: CollectionRecord;
  readonly filter: Filter;
  readonly access: Candidate;
  /** The ways that were weighed, the cheapest first. */
  readonly considered: () => readonly Rated[];
  /** For each index that is not used, why. */
  readonly rejected: () => readonly string[];
};

/** Throws `unknown_index` for a hint that names none. */
export function planQuery(known: Knowledge, collection: CollectionRecord, wanted: Wanted): QueryPlan {
  const { candidate, considered, rejected } = chooseIndex(new Asked(known, collection, wanted));
  return { collection, filter: wanted.filter, access: candidate, considered, rejected, ...compileFilter(wanted.filter) };
}
