import type { Connection } from '@aerolithdb/storage';
import {
  entryRidStatement,
  intervalStatement,
  keyColumn,
  rowStatement,
  scanStatement,
  sourceRidStatement,
  sourceStatement,
  type WalkPosition,
} from './access-sql.ts';
import type { KeyInterval } from './key-interval.ts';
import { beginExecution } from './predicates.ts';
import type { QueryPlan } from './query-plan.ts';
import { type Fragment, sql } from './sql-fragment.ts';

/**
 * The rows that the plan selects, in its order, each document once. `columns` must begin with `d.rid`; each row carries the key of
 * its entry as its last column. The rows are read as they are asked for: nothing may be written on the connection meanwhile.
 */
export function* walk<Row extends readonly unknown[]>(
  connection: Connection,
  plan: QueryPlan,
  columns: Fragment,
  after?: WalkPosition,
): Generator<Row> {
  if (plan.access.kind === 'union') return yield* walkUnion<Row>(connection, plan, columns, after);
  const seen = plan.access.kind === 'keys' && plan.access.repeats ? new Set<unknown>() : undefined;
  for (const statement of walkStatements(plan, columns, after)) {
    for (const row of execute<Row>(connection, statement)) {
      if (seen !== undefined) {
        if (seen.has(row[0])) continue;
        seen.add(row[0]);
      }
      yield row;
    }
  }
}

/** In the order of rows, whatever the parts are found by. */
function* walkUnion<Row>(connection: Connection, plan: QueryPlan, columns: Fragment, after?: WalkPosition): Generator<Row> {
  const rids = entryRids(connection, plan).filter((rid) => after === undefined || rid > after.rid);
  const all = sql`${columns}, ${keyColumn(plan.access)}`;
  for (const rid of rids) yield* execute<Row>(connection, rowStatement(plan, all, rid));
}

/** The rows that the entries of the plan lead to, each once, in order. */
export function entryRids(connection: Connection, plan: QueryPlan): number[] {
  const rids = new Set<number>();
  for (const statement of ridStatements(plan)) for (const [rid] of execute<[number]>(connection, statement)) rids.add(rid);
  return [...rids].sort((a, b) => a - b);
}

function ridStatements({ access, collection }: QueryPlan): Fragment[] {
  if (access.kind === 'scan') throw new Error('A scan has no entries.');
  if (access.kind === 'rows') return [sourceRidStatement(access)];
  const branches = access.kind === 'union' ? access.branches : [access];
  return branches.flatMap((branch) => branch.intervals.map((interval) => entryRidStatement(branch, collection, interval)));
}

/** The statements of a walk, in order. A walk that goes on leaves out the intervals it has behind it. */
export function* walkStatements(plan: QueryPlan, columns: Fragment, after?: WalkPosition): Generator<Fragment> {
  const { access } = plan;
  const all = sql`${columns}, ${keyColumn(access)}`;
  if (access.kind === 'scan') return yield scanStatement(plan, all, after);
  if (access.kind === 'rows') {
    for (const piece of access.rows.pieces?.() ?? [access.rows.statement]) yield sourceStatement(plan, all, after, piece);
    return;
  }
  if (access.kind === 'union') {
    for (const branch of access.branches) {
      const part = { ...plan, access: { ...branch, exact: false } };
      for (const interval of branch.intervals) yield intervalStatement(part, all, interval);
    }
    return;
  }
  const intervals = access.reverse ? access.intervals.toReversed() : access.intervals;
  for (const interval of intervals) {
    if (after?.key !== undefined && isBehind(interval, after.key, access.reverse)) continue;
    yield intervalStatement(plan, all, interval, after);
  }
}

function isBehind(interval: KeyInterval, key: Uint8Array, reverse: boolean): boolean {
  return reverse ? Buffer.compare(interval.low, key) > 0 : Buffer.compare(interval.high, key) <= 0;
}

export function* execute<Row>(connection: Connection, statement: Fragment): Generator<Row> {
  const execution = beginExecution(connection, statement);
  try {
    yield* connection.prepare<Row>(statement.sql, 'raw').iterate(...execution.parameters);
  } finally {
    execution.release();
  }
}
