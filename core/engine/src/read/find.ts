import type { ExplainLevel, Explanation, FindRequest, ReadAnswer } from '@aerolithdb/protocol';
import { type CountedPlan, countVisits } from '../plan/count-visits.ts';
import { planQuery, type QueryPlan } from '../plan/query-plan.ts';
import { type Cursor, decodeCursor, encodeCursor, invalidCursor } from './cursor.ts';
import { explainPlan } from './explain.ts';
import { explainChoice, explainLevel } from './explain-plan.ts';
import { findFew } from './find-few.ts';
import { findPast } from './find-past.ts';
import { findSorted } from './find-sorted.ts';
import { findWalking } from './find-walking.ts';
import { pageDocuments } from './page.ts';
import { type QueryParts, queryParts } from './query-parts.ts';
import { collectionNamed, knowledgeOf, type ReadContext } from './read-context.ts';

/** A page of a find, ready to be sent: `cursor` is where it goes on; absent when this was the last. */
export type FoundPage = { readonly text: string; readonly count: number; readonly cursor: Cursor | undefined };

/** What a find of the present state works on. */
export type Finding = {
  readonly context: ReadContext;
  readonly plan: QueryPlan;
  readonly parts: QueryParts;
  readonly cursor: Cursor | undefined;
};

/**
 * Documents that a filter selects, as a JSON array of at most one page.
 * Throws `unknown_collection`, `unknown_index`, `invalid_cursor`, `invalid_position`, `sort_too_large`, `invalid_request`, and what
 * the parsers of filter, projection and sort throw.
 */
export function find(context: ReadContext, request: FindRequest): ReadAnswer {
  if (request.at !== undefined) return findPast(context, request, request.at);
  return answerFinding(beginFinding(context, request), request);
}

/** As `find`, for a request that visits only a few rows by their keys; undefined for any other. */
export function findAtOnce(context: ReadContext, request: FindRequest): ReadAnswer | undefined {
  if (
    request.at !== undefined ||
    request.cursor !== undefined ||
    request.batchSize !== undefined ||
    explainLevel(request.explain) !== undefined
  )
    return undefined;
  const page = findFew(beginFinding(context, request));
  return page === undefined ? undefined : { height: context.height, text: page.text, count: page.count };
}

/** Reads and plans a find of the present state. Throws as `find` does. */
export function beginFinding(context: ReadContext, request: FindRequest): Finding {
  const collection = collectionNamed(context.catalogue, request.collection);
  const parts = queryParts(request);
  const cursor = request.cursor === undefined ? undefined : decodeCursor(request.cursor, request, collection.table);
  const hint = cursor?.index ?? request.hint;
  const { filter, sort } = parts;
  // Without what is skipped, so that pages by skip are found in one way and equal documents keep their order.
  const wanted = { filter, sort, limit: pageDocuments(parts.limit, parts.batch) };
  const plan = withCursorCheck(cursor, () => planQuery(knowledgeOf(context, collection), collection, { ...wanted, hint }));
  context.trace?.planned(plan);
  return { context, plan, parts, cursor };
}

function answerFinding(finding: Finding, request: FindRequest): ReadAnswer {
  const { context, plan, parts } = finding;
  const { sort } = parts;
  const level = explainLevel(request.explain);
  if (level === 'queryPlanner') {
    const chosen = explainChoice(context, request, plan, level);
    return { height: context.height, text: '[]', count: 0, explain: { ...explainPlan(plan, sort), ...chosen } };
  }
  const counted = level === undefined ? undefined : countVisits(plan);
  const page = pageOf(counted === undefined ? finding : { ...finding, plan: counted.plan });
  return {
    height: context.height,
    text: page.text,
    count: page.count,
    ...(page.cursor === undefined ? {} : { cursor: encodeCursor(page.cursor, request, plan.collection.table) }),
    ...(counted === undefined || level === undefined
      ? {}
      : { explain: explainRun(finding, request, level, counted, page.count) }),
  };
}

function explainRun(
  { context, plan, parts }: Finding,
  request: FindRequest,
  level: ExplainLevel,
  { visits, passes }: CountedPlan,
  rowsReturned: number,
): Explanation {
  const [rowsRead, rows] = [visits(), passes()];
  const { sort, limit, batch, skip } = parts;
  const wanted = sort === undefined || plan.access.sorted ? pageDocuments(limit, batch) + skip : undefined;
  const { connection } = context;
  const chosen = explainChoice({ connection, wanted }, request, plan, level, { entries: rowsRead, rows });
  return { ...explainPlan(plan, sort), rowsRead, rowsReturned, ...chosen };
}

function pageOf(finding: Finding): FoundPage {
  const { sort } = finding.parts;
  return sort !== undefined && !finding.plan.access.sorted ? findSorted(finding, sort) : findWalking(finding);
}

/** A walk can only go on in the index it began in. */
function withCursorCheck(cursor: Cursor | undefined, plan: () => QueryPlan): QueryPlan {
  if (cursor === undefined) return plan();
  const gone = `The index "${cursor.index?.replaceAll('\0', ' & ')}", which the cursor goes on in, has changed; start again without the cursor.`;
  let made: QueryPlan;
  try {
    made = plan();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'unknown_index') throw invalidCursor(gone);
    throw error;
  }
  if (cursor.by === 'offset') return made;
  const walked = made.access.kind === 'keys' && !made.access.repeats ? 'entry' : 'row';
  if (walked !== cursor.by) throw invalidCursor(gone);
  return made;
}
