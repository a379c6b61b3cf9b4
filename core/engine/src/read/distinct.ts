import {
  AerolithError,
  compareValues,
  type DistinctRequest,
  type Document,
  encodeKey,
  parseDocument,
  type ReadAnswer,
  toRelaxed,
  type Value,
} from '@aerolithdb/protocol';
import { matches, type Path, parsePath, valuesAtPath } from '@aerolithdb/query';
import { distinctStatement } from '../plan/access-sql.ts';
import { countVisits } from '../plan/count-visits.ts';
import { planQuery, type QueryPlan } from '../plan/query-plan.ts';
import { raw, sql } from '../plan/sql-fragment.ts';
import { execute, walk } from '../plan/walk.ts';
import { explainDistinct, PAST } from './explain.ts';
import { explainChoice, explainLevel } from './explain-plan.ts';
import { fieldColumns } from './field-columns.ts';
import { pastDocuments } from './past-documents.ts';
import { collectionAt, heightAt } from './past-height.ts';
import { filterOf } from './query-parts.ts';
import { collectionNamed, knowledgeOf, type ReadContext } from './read-context.ts';
import { READ_LIMITS } from './read-limits.ts';

/**
 * The values of a field in the selected documents, each once, in BSON order, as a JSON array; of an array its elements.
 * Throws as `find` does, and `sort_too_large` past `READ_LIMITS.distinctValues`.
 */
export function distinct(context: ReadContext, request: DistinctRequest): ReadAnswer {
  const path = fieldPath(request.field);
  const filter = filterOf(request);
  const values = new DistinctValues(path);
  if (request.at !== undefined) {
    const height = heightAt(context, request.at);
    let rowsRead = 0;
    for (const { text } of pastDocuments(context, collectionAt(context, request.collection, height), height)) {
      rowsRead++;
      const document = parseDocument(text);
      if (matches(filter, document)) values.add(document);
    }
    return answer(height, values, explainLevel(request.explain) === undefined ? undefined : { ...PAST, rowsRead });
  }
  const collection = collectionNamed(context.catalogue, request.collection);
  const plan = planQuery(knowledgeOf(context, collection), collection, { filter, hint: request.hint });
  context.trace?.planned(plan);
  const level = explainLevel(request.explain);
  if (level === 'queryPlanner')
    return {
      height: context.height,
      explain: { ...explainDistinct(plan, path), ...explainChoice(context, request, plan, level) },
    };
  const counted = level === undefined ? undefined : countVisits(plan);
  gather(context, counted?.plan ?? plan, path, values);
  if (counted === undefined || level === undefined) return answer(context.height, values, undefined);
  const [rowsRead, rows] = [counted.visits(), counted.passes()];
  const chosen = explainChoice(context, request, plan, level, { entries: rowsRead, rows });
  return answer(context.height, values, { ...explainDistinct(plan, path), rowsRead, ...chosen });
}

function answer(height: number, values: DistinctValues, explain: ReadAnswer['explain'] | undefined): ReadAnswer {
  const sorted = values.sorted();
  const text = `[${sorted.map(toRelaxed).join(',')}]`;
  const told = explain === undefined ? {} : { explain: { ...explain, rowsReturned: sorted.length } };
  return { height, text, count: sorted.length, ...told };
}

function fieldPath(field: string): Path {
  if (field === '') throw new AerolithError('invalid_request', '"field" is empty; name the field whose values are wanted.');
  return parsePath(field, 'invalid_request');
}

/** SQL leaves the field's texts each once, so that a value is parsed once however often it occurs. */
function gather({ connection }: ReadContext, plan: QueryPlan, path: Path, values: DistinctValues): void {
  const { columns, document } = fieldColumns([path]);
  if (plan.access.kind === 'union') {
    for (const [, ...row] of walk<[number, ...(string | null)[]]>(connection, plan, sql`${raw('d.rid')}, ${columns}`))
      values.add(document(row));
    return;
  }
  const intervals = plan.access.kind === 'keys' ? plan.access.intervals : [undefined];
  for (const interval of intervals)
    for (const row of execute<[string | null]>(connection, distinctStatement(plan, columns, interval))) values.add(document(row));
}

/** Values by their key, so that numbers equal by value count once; the first one met is shown. */
class DistinctValues {
  readonly #path: Path;
  readonly #values = new Map<string, Value>();

  constructor(path: Path) {
    this.#path = path;
  }

  add(document: Document): void {
    for (const value of valuesAtPath(document, this.#path)) {
      const key = Buffer.from(encodeKey(value)).toString('latin1');
      if (!this.#values.has(key)) this.#values.set(key, value);
    }
    if (this.#values.size > READ_LIMITS.distinctValues) throw tooMany();
  }

  sorted(): Value[] {
    return [...this.#values.values()].sort(compareValues);
  }
}

function tooMany(): AerolithError {
  return new AerolithError(
    'sort_too_large',
    `The field has more than ${READ_LIMITS.distinctValues} different values. Narrow the filter.`,
    { values: READ_LIMITS.distinctValues },
  );
}
