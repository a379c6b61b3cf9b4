import { type At, type CountRequest, parseDocument, type ReadAnswer } from '@aerolithdb/protocol';
import { type Filter, matches } from '@aerolithdb/query';
import { countStatement } from '../plan/access-sql.ts';
import { countVisits } from '../plan/count-visits.ts';
import { planQuery, type QueryPlan } from '../plan/query-plan.ts';
import { type Fragment, raw } from '../plan/sql-fragment.ts';
import { entryRids, execute, walk } from '../plan/walk.ts';
import { explainCount, PAST } from './explain.ts';
import { explainChoice, explainLevel } from './explain-plan.ts';
import { pastDocuments } from './past-documents.ts';
import { collectionAt, heightAt } from './past-height.ts';
import { queryParts } from './query-parts.ts';
import { collectionNamed, knowledgeOf, type ReadContext } from './read-context.ts';

/** How many documents a filter selects; after `skip`, and at most `limit`. Throws as `find` does. */
export function count(context: ReadContext, request: CountRequest): ReadAnswer {
  const { filter, limit, skip } = queryParts(request);
  const within = (all: number) => Math.min(limit ?? Number.POSITIVE_INFINITY, Math.max(0, all - skip));
  if (request.at !== undefined) return countPast(context, request, request.at, filter, within);
  const collection = collectionNamed(context.catalogue, request.collection);
  const known = knowledgeOf(context, collection);
  const plan = planQuery(known, collection, { filter, hint: request.hint, counting: true });
  context.trace?.planned(plan);
  const isEverything = filter.kind === 'and' && filter.filters.length === 0;
  const level = explainLevel(request.explain);
  if (level === 'queryPlanner')
    return { height: context.height, explain: { ...explainCount(plan), ...explainChoice(context, request, plan, level) } };
  const counted = level === undefined ? undefined : countVisits(plan);
  const all = isEverything ? known.documents : countPlan(context, counted?.plan ?? plan);
  // An exact index is counted by its entries, and everything by a counter: no document is read.
  const rowsRead = plan.access.exact ? 0 : (counted?.visits() ?? 0);
  if (counted === undefined || level === undefined) return { height: context.height, count: within(all) };
  const entries = isEverything ? 0 : counted.visits();
  const explain = { ...explainCount(plan), rowsRead, ...explainChoice(context, request, plan, level, { entries, rows: all }) };
  return { height: context.height, count: within(all), explain };
}

/** How many documents the plan selects. */
export function countPlan({ connection }: ReadContext, plan: QueryPlan): number {
  const { access } = plan;
  const number = (statement: Fragment) => [...execute<[number]>(connection, statement)][0]?.[0] ?? 0;
  if (access.kind === 'rows' && access.exact && access.rows.count !== undefined) return access.rows.count;
  if (access.kind === 'scan' || access.kind === 'rows') return number(countStatement(plan));
  if (access.exact && (access.kind === 'union' || access.repeats)) return entryRids(connection, plan).length;
  if (access.kind === 'keys' && !access.repeats)
    return access.intervals.reduce((sum, interval) => sum + number(countStatement(plan, interval)), 0);
  let all = 0;
  for (const _row of walk<[number]>(connection, plan, raw('d.rid'))) all++;
  return all;
}

function countPast(
  context: ReadContext,
  request: CountRequest,
  at: At,
  filter: Filter,
  within: (all: number) => number,
): ReadAnswer {
  const height = heightAt(context, at);
  let all = 0;
  let rowsRead = 0;
  for (const { text } of pastDocuments(context, collectionAt(context, request.collection, height), height)) {
    rowsRead++;
    if (matches(filter, parseDocument(text))) all++;
  }
  return {
    height,
    count: within(all),
    ...(explainLevel(request.explain) !== undefined ? { explain: { ...PAST, rowsRead } } : {}),
  };
}
