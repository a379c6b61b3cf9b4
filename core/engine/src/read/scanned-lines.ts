import type { Connection } from '@aerolithdb/storage';
import { scanStatement } from '../plan/access-sql.ts';
import type { QueryPlan } from '../plan/query-plan.ts';
import { type Fragment, raw, sql } from '../plan/sql-fragment.ts';
import { execute } from '../plan/walk.ts';
import { relaxedBytes } from './relaxed-bytes.ts';

/** JSONB bytes of the documents of one run at most; a larger document is a run of its own. */
const RUN_BYTES = 4_194_304;
/** Documents of one run, the most first. Many at once cost least: a run is one statement and one buffer. */
const RUN_LENGTHS = [1024, 256, 64, 16, 4, 1] as const;

type Run = readonly [last: number | null, rows: number, small: number, bytes: Buffer];

/**
 * The documents of a scan as NDJSON, joined by SQLite a run at a time, so that nothing is done for a single one of them outside of it.
 * A run with a document larger than its share of `RUN_BYTES` is taken again in shorter ones, and so are all that follow: what is in
 * memory at once is bounded, whatever the documents are.
 */
export function* scannedLines(connection: Connection, plan: QueryPlan, limit: number | undefined): Generator<Buffer, void, void> {
  let [step, after, left] = [0, 0, limit ?? Number.POSITIVE_INFINITY];
  while (left > 0) {
    const length = RUN_LENGTHS[step]!;
    const [last, rows, small, bytes] = runAfter(connection, plan, after, Math.min(length, left), length);
    if (last === null) return;
    if (small < rows) step += 1;
    else {
      yield relaxedBytes(bytes);
      after = last;
      left -= rows;
    }
  }
}

function runAfter(connection: Connection, plan: QueryPlan, rid: number, most: number, length: number): Run {
  const [run] = execute<Run>(connection, runStatement(plan, rid, most, length));
  if (run === undefined) throw new Error('An aggregate gave no row.');
  return run;
}

/** A document that is too large for its run is NULL, which the concatenation leaves out and `count` tells. */
function runStatement(plan: QueryPlan, rid: number, most: number, length: number): Fragment {
  const share = Math.floor(RUN_BYTES / length);
  const text = length === 1 ? raw('json(d.doc)') : raw(`CASE WHEN length(d.doc) <= ${share} THEN json(d.doc) END`);
  const scan = scanStatement(plan, sql`d.rid AS rid, ${text} AS line`, { rid });
  return sql`SELECT max(rid), count(*), count(line), CAST(group_concat(line, char(10)) || char(10) AS BLOB)
    FROM (${scan} LIMIT ${raw(String(most))})`;
}
