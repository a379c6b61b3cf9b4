import type { Connection } from '@aerolithdb/storage';
import { beginExecution } from './predicates.ts';
import type { Fragment } from './sql-fragment.ts';

/** The number that a statement gives in its first column. */
export function countOf(connection: Connection, statement: Fragment): number {
  const execution = beginExecution(connection, statement);
  try {
    return connection.prepare<number>(statement.sql, 'pluck').get(...execution.parameters) ?? 0;
  } finally {
    execution.release();
  }
}
