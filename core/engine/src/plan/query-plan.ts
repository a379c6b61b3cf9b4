import type { CollectionRecord } from '../catalogue.ts';
import type { Candidate } from './candidate.ts';
import { chooseIndex, type Wanted } from './choose-index.ts';
import { type Compiled, compileFilter } from './compile-filter.ts';

/** How a query is answered: a way to the rows, and the whole filter to check each of them by. */
export type QueryPlan = Compiled & {
  readonly collection: CollectionRecord;
  readonly access: Candidate;
  /** For each index that is not used, why. */
  readonly rejected: () => readonly string[];
};

/** Throws `unknown_index` for a hint that names none. */
export function planQuery(collection: CollectionRecord, wanted: Wanted): QueryPlan {
  const { candidate, rejected } = chooseIndex(collection, wanted);
  return { collection, access: candidate, rejected, ...compileFilter(wanted.filter) };
}
