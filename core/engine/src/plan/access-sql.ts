import type { Candidate, KeyCandidate } from './candidate.ts';
import type { KeyInterval } from './key-interval.ts';
import type { QueryPlan } from './query-plan.ts';
import { allOf, bind, type Fragment, raw, sql, TRUE } from './sql-fragment.ts';

/** Where a walk goes on: after this row (scan) or after this entry. */
export type WalkPosition = { readonly rid: number; readonly key?: Uint8Array };

/**
 * The statement that visits one interval of the plan in walk order. `columns` may name `d.rid`, `d.version`, `d.doc`; with
 * `withKey` the entry's key is one column more at the end.
 */
export function intervalStatement(plan: QueryPlan, columns: Fragment, interval: KeyInterval, after?: WalkPosition): Fragment {
  const access = plan.access as KeyCandidate;
  const where = access.exact ? TRUE : plan.where;
  const { key, rid } = names(access);
  const later = raw(access.reverse ? '<' : '>');
  const from = after?.key === undefined ? TRUE : sql`(${key}, ${rid}) ${later} (${bind(after.key)}, ${bind(after.rid)})`;
  const direction = raw(access.reverse ? ' DESC' : '');
  return sql`SELECT ${columns} FROM ${tables(plan)} WHERE ${key} >= ${bind(interval.low)} AND ${key} < ${bind(interval.high)}
    ${and(from, where)} ORDER BY ${key}${direction}, ${rid}${direction}`;
}

/** The texts of the first `most` documents of one interval, in walk order. A bound LIMIT would be planned anew at each execution. */
export function textsStatement(plan: QueryPlan, interval: KeyInterval, most: number): Fragment {
  return sql`${intervalStatement(plan, raw('json(d.doc)'), interval)} LIMIT ${raw(String(most))}`;
}

/** The statement that visits one document, if the filter selects it. */
export function rowStatement(plan: QueryPlan, columns: Fragment, rid: number): Fragment {
  return sql`SELECT ${columns} FROM documents_${raw(String(plan.collection.table))} d WHERE ${allOf([sql`d.rid = ${bind(rid)}`, plan.where])}`;
}

/** The statement that visits all documents in row order. */
export function scanStatement(plan: QueryPlan, columns: Fragment, after?: WalkPosition): Fragment {
  const from = after === undefined ? TRUE : sql`d.rid > ${bind(after.rid)}`;
  return sql`SELECT ${columns} FROM ${tables(plan)} WHERE ${allOf([from, plan.where])} ORDER BY d.rid`;
}

/** Counts the documents of one interval, or all. With `entriesOnly` documents are not looked at. */
export function countStatement(plan: QueryPlan, interval?: KeyInterval): Fragment {
  const { access } = plan;
  if (access.kind !== 'keys' || interval === undefined) return sql`SELECT count(*) FROM ${tables(plan)} WHERE ${plan.where}`;
  const { key } = names(access);
  const bounds = sql`${key} >= ${bind(interval.low)} AND ${key} < ${bind(interval.high)}`;
  if (access.exact) return sql`SELECT count(*) FROM ${entries(access, plan.collection)} WHERE ${bounds}`;
  return sql`SELECT count(*) FROM ${tables(plan)} WHERE ${bounds} ${and(plan.where)}`;
}

/** Different rows of `columns` in one interval, or in all documents, in no order. */
export function distinctStatement(plan: QueryPlan, columns: Fragment, interval?: KeyInterval): Fragment {
  const { access } = plan;
  if (access.kind !== 'keys' || interval === undefined)
    return sql`SELECT DISTINCT ${columns} FROM ${tables(plan)} WHERE ${plan.where}`;
  const { key } = names(access);
  const bounds = sql`${key} >= ${bind(interval.low)} AND ${key} < ${bind(interval.high)}`;
  return sql`SELECT DISTINCT ${columns} FROM ${tables(plan)} WHERE ${bounds} ${and(access.exact ? TRUE : plan.where)}`;
}

/** Counts the entries of one interval, no further than `most`. */
export function entriesUpToStatement(
  access: KeyCandidate,
  collection: QueryPlan['collection'],
  interval: KeyInterval,
  most: number,
): Fragment {
  const { key } = names(access);
  const bounds = sql`${key} >= ${bind(interval.low)} AND ${key} < ${bind(interval.high)}`;
  return sql`SELECT count(*) FROM (SELECT 1 FROM ${entries(access, collection)} WHERE ${bounds} LIMIT ${raw(String(most))})`;
}

/** Row ids of the entries of one interval, without a look at the documents. */
export function entryRidStatement(access: KeyCandidate, collection: QueryPlan['collection'], interval: KeyInterval): Fragment {
  const { key, rid } = names(access);
  return sql`SELECT ${rid} FROM ${entries(access, collection)} WHERE ${key} >= ${bind(interval.low)} AND ${key} < ${bind(interval.high)}`;
}

/** The key of the entry a row was reached by, to go on from it. NULL in a scan. */
export function keyColumn(access: Candidate): Fragment {
  return access.kind === 'keys' ? names(access).key : raw('NULL');
}

/** Further conditions after a first one. */
function and(...conditions: Fragment[]): Fragment {
  const all = allOf(conditions);
  return all === TRUE ? raw('') : sql`AND ${all}`;
}

function names(access: KeyCandidate): { key: Fragment; rid: Fragment } {
  if (access.source.kind === 'id') return { key: raw('d.id'), rid: raw('d.rid') };
  return { key: raw('i.key'), rid: raw('i.rid') };
}

function tables({ access, collection }: QueryPlan): Fragment {
  const documents = raw(`documents_${collection.table} d`);
  if (access.kind !== 'keys' || access.source.kind === 'id') return documents;
  // CROSS JOIN keeps SQLite from turning the loops round.
  return sql`index_${raw(String(access.source.table))} i CROSS JOIN ${documents} ON d.rid = i.rid`;
}

function entries(access: KeyCandidate, collection: QueryPlan['collection']): Fragment {
  return raw(access.source.kind === 'id' ? `documents_${collection.table} d` : `index_${access.source.table} i`);
}
