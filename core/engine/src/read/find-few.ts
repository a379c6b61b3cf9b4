import { expressionsIn, regexInstructionsIn } from '@aerolithdb/query';
import type { Connection } from '@aerolithdb/storage';
import { entriesUpToStatement, textsStatement } from '../plan/access-sql.ts';
import type { KeyCandidate } from '../plan/candidate.ts';
import type { KeyInterval } from '../plan/key-interval.ts';
import { beginExecution } from '../plan/predicates.ts';
import type { QueryPlan } from '../plan/query-plan.ts';
import type { Fragment } from '../plan/sql-fragment.ts';
import type { Finding, FoundPage } from './find.ts';
import { outgoing } from './outgoing.ts';
import { READ_LIMITS } from './read-limits.ts';

/**
 * The whole answer of a find that visits at most `READ_LIMITS.atOnceRows` rows by their keys, in one go and without the places that
 * a cursor would need. `undefined` when it may visit more, would have to sort, evaluates an expression or a regular expression, whose time
 * nothing bounds here, or fills more than a page.
 */
export function findFew({ context, plan, parts }: Finding): FoundPage | undefined {
  const { access } = plan;
  if (regexInstructionsIn(parts.filter) > 0) return undefined;
  if (expressionsIn(parts.filter) > 0 || parts.projection?.computed !== undefined) return undefined;
  if (access.kind !== 'keys' || access.repeats || access.intervals.length > READ_LIMITS.atOnceIntervals) return undefined;
  if (parts.sort !== undefined && !access.sorted) return undefined;
  if (!access.exact && !visitsFew(context.connection, plan, access)) return undefined;
  const texts = fewTexts(context.connection, plan, access, parts.skip + (parts.limit ?? READ_LIMITS.atOnceRows + 1));
  if (texts === undefined) return undefined;
  const page = texts.slice(parts.skip).map((text) => outgoing(text, parts.projection));
  const units = page.reduce((sum, text) => sum + text.length, 0);
  if (units > READ_LIMITS.pageBytes) return undefined;
  return { text: `[${page.join(',')}]`, count: page.length, cursor: undefined };
}

/** Up to `wanted` texts in the order of the walk; undefined when these would be more rows than an answer at once may have. */
function fewTexts(connection: Connection, plan: QueryPlan, access: KeyCandidate, wanted: number): string[] | undefined {
  const most = Math.min(wanted, READ_LIMITS.atOnceRows + 1);
  let texts: string[] = [];
  for (const interval of inOrder(access)) {
    const found = all<string>(connection, textsStatement(plan, interval, most - texts.length));
    texts = texts.length === 0 ? found : [...texts, ...found];
    if (texts.length >= most) break;
  }
  return texts.length > READ_LIMITS.atOnceRows ? undefined : texts;
}

/** Told by counting index entries, no further than needed. */
function visitsFew(connection: Connection, { collection }: QueryPlan, access: KeyCandidate): boolean {
  let left: number = READ_LIMITS.atOnceRows;
  for (const interval of access.intervals) {
    left -= all<number>(connection, entriesUpToStatement(access, collection, interval, left + 1))[0] ?? 0;
    if (left < 0) return false;
  }
  return true;
}

function inOrder({ intervals, reverse }: KeyCandidate): readonly KeyInterval[] {
  return reverse ? intervals.toReversed() : intervals;
}

/** First columns of all rows. */
function all<Value>(connection: Connection, statement: Fragment): Value[] {
  const execution = beginExecution(connection, statement);
  try {
    return connection.prepare<Value>(statement.sql, 'pluck').all(...execution.parameters);
  } finally {
    execution.release();
  }
}
