import type { Connection } from '@aerolithdb/storage';
import { entriesUpToStatement } from '../plan/access-sql.ts';
import type { QueryPlan } from '../plan/query-plan.ts';
import { execute } from '../plan/walk.ts';
import { READ_LIMITS } from './read-limits.ts';

/** Whether the plan visits at most `READ_LIMITS.atOnceRows` rows: told by counting index entries, no further than that. */
export function isShort(connection: Connection, { access, collection }: QueryPlan): boolean {
  if (access.kind === 'scan' || access.intervals.length > READ_LIMITS.atOnceIntervals) return false;
  let left = READ_LIMITS.atOnceRows;
  for (const interval of access.intervals) {
    const statement = entriesUpToStatement(access, collection, interval, left + 1);
    for (const [count] of execute<[number]>(connection, statement)) left -= count;
    if (left < 0) return false;
  }
  return true;
}
