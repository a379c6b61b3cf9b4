import type { Filter } from '@aerolithdb/query';
import type { CollectionRecord } from '../catalogue.ts';
import { Asked, type Knowledge, type Wanted } from './asked.ts';
import type { Candidate } from './candidate.ts';
import { chooseIndex, type Rated } from './choose-index.ts';
import { type Compiled, compileFilter } from './compile-filter.ts';
import type { Fragment } from './sql-fragment.ts';
import { textCondition } from './text/bind-text.ts';

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
  const asked = new Asked(known, collection, wanted);
  const { candidate, considered, rejected } = chooseIndex(asked);
  const compiled = compileFilter(wanted.filter, textOf(asked, candidate));
  return { collection, filter: wanted.filter, access: candidate, considered, rejected, ...compiled };
}

/** Rows that the text search itself gives need not be looked for in it. */
function textOf({ text }: Asked, access: Candidate): Fragment | undefined {
  if (text === undefined) return undefined;
  return access.kind === 'rows' && access.names[0] === text.index.name ? text.check : textCondition(text);
}
