import type { Candidate, KeyCandidate, RowsCandidate } from './candidate.ts';
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
  return sql`SELECT ${columns} FROM ${tables(plan)} WHERE ${inInterval(access, plan.collection, interval)}
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

/** The statement that visits the documents of a row source, in its order, or of one of its pieces. `columns` may name the columns of the source as `s.<name>`. */
export function sourceStatement(
  plan: QueryPlan,
  columns: Fragment,
  after?: WalkPosition,
  statement: Fragment = (plan.access as RowsCandidate).rows.statement,
): Fragment {
  const access = plan.access as RowsCandidate;
  const { orderColumn, ordersItself } = access.rows;
  const from = after === undefined ? TRUE : sql`s.rid > ${bind(after.rid)}`;
  // SQLite leaves the sort to the index only when nothing else is sorted by.
  const order = raw(orderColumn === undefined ? 's.rid' : `s.${orderColumn}${ordersItself === true ? '' : ', d.rid'}`);
  return sql`SELECT ${columns} FROM (${statement}) s CROSS JOIN documents_${raw(String(plan.collection.table))} d ON d.rid = s.rid
    WHERE ${allOf([from, access.exact ? TRUE : plan.where])} ORDER BY ${order}`;
}

/** Counts the documents of one interval, of a row source, or all. What the entries settle is counted without a look at documents. */
export function countStatement(plan: QueryPlan, interval?: KeyInterval): Fragment {
  const { access } = plan;
  if (access.kind === 'rows')
    return sql`SELECT count(*) FROM (${access.exact ? access.rows.statement : sourceStatement(plan, raw('1'))})`;
  if (access.kind !== 'keys' || interval === undefined) return sql`SELECT count(*) FROM ${tables(plan)} WHERE ${plan.where}`;
  const bounds = inInterval(access, plan.collection, interval);
  if (access.exact) return sql`SELECT count(*) FROM ${entries(access, plan.collection)} WHERE ${bounds}`;
  return sql`SELECT count(*) FROM ${tables(plan)} WHERE ${bounds} ${and(plan.where)}`;
}

/** Different rows of `columns` in one interval, in a row source, or in all documents, in no order. */
export function distinctStatement(plan: QueryPlan, columns: Fragment, interval?: KeyInterval): Fragment {
  const { access } = plan;
  if (access.kind === 'rows') {
    const where = access.exact ? TRUE : plan.where;
    return sql`SELECT DISTINCT ${columns} FROM (${access.rows.statement}) s CROSS JOIN documents_${raw(String(plan.collection.table))} d
      ON d.rid = s.rid WHERE ${where}`;
  }
  if (access.kind !== 'keys' || interval === undefined)
    return sql`SELECT DISTINCT ${columns} FROM ${tables(plan)} WHERE ${plan.where}`;
  const bounds = inInterval(access, plan.collection, interval);
  return sql`SELECT DISTINCT ${columns} FROM ${tables(plan)} WHERE ${bounds} ${and(access.exact ? TRUE : plan.where)}`;
}

/** Counts the entries of one interval, no further than `most`. */
export function entriesUpToStatement(
  access: KeyCandidate,
  collection: QueryPlan['collection'],
  interval: KeyInterval,
  most: number,
): Fragment {
  const bounds = inInterval(access, collection, interval);
  return sql`SELECT count(*) FROM (SELECT 1 FROM ${entries(access, collection)} WHERE ${bounds} LIMIT ${raw(String(most))})`;
}

/** Row ids of the entries of one interval, without a look at the documents. */
export function entryRidStatement(access: KeyCandidate, collection: QueryPlan['collection'], interval: KeyInterval): Fragment {
  const { rid } = names(access);
  return sql`SELECT ${rid} FROM ${entries(access, collection)} WHERE ${inInterval(access, collection, interval)}`;
}

/** Row ids of a row source. */
export function sourceRidStatement({ rows }: RowsCandidate): Fragment {
  return sql`SELECT s.rid FROM (${rows.statement}) s`;
}

/** The key of the entry a row was reached by, to go on from it. NULL in a scan and out of a row source. */
export function keyColumn(access: Candidate): Fragment {
  return access.kind === 'keys' ? names(access).key : raw('NULL');
}

/** Further conditions after a first one. */
function and(...conditions: Fragment[]): Fragment {
  const all = allOf(conditions);
  return all === TRUE ? raw('') : sql`AND ${all}`;
}

/** Whether an entry lies in the interval, and its row has one in each of the candidates that it is intersected with. */
function inInterval(access: KeyCandidate, collection: QueryPlan['collection'], interval: KeyInterval): Fragment {
  const { key, rid } = names(access);
  const own = sql`${key} >= ${bind(interval.low)} AND ${key} < ${bind(interval.high)}`;
  // The plus keeps SQLite from walking by the other index and sorting afterwards.
  return access.within.reduce((all, other) => sql`${all} AND +${rid} IN (${ridsOf(other, collection)})`, own);
}

/** SQLite gathers them once for each execution. */
function ridsOf(access: KeyCandidate, collection: QueryPlan['collection']): Fragment {
  return access.intervals
    .map((interval) => entryRidStatement(access, collection, interval))
    .reduce((a, b) => sql`${a} UNION ALL ${b}`);
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
