import type { Document, Value } from '@aerolithdb/protocol';
import type { Case, Request } from './request.ts';

/** Tries of one shrinking; each is answered by two implementations. */
const TRIES = 3000;

/** A smaller case of which `fails` still holds: documents, fields and elements are taken out one after the other while it does. */
export async function shrink(found: Case, fails: (smaller: Case) => Promise<boolean>): Promise<Case> {
  let best = found;
  let tries = 0;
  for (let progress = true; progress; ) {
    progress = false;
    for (const smaller of smallerCases(best)) {
      if (tries++ >= TRIES) return best;
      if (!(await fails(smaller))) continue;
      best = smaller;
      progress = true;
      break;
    }
  }
  return best;
}

function* smallerCases(found: Case): Generator<Case> {
  for (const c of smallerLists(found.c)) yield { ...found, c };
  for (const o of smallerLists(found.o)) yield { ...found, o };
  for (const request of smallerRequests(found.request)) yield { ...found, request };
}

function* smallerRequests(request: Request): Generator<Request> {
  if (request.kind === 'aggregate') {
    for (const pipeline of smallerValues([...request.pipeline])) yield { ...request, pipeline: pipeline as Value[] };
    return;
  }
  for (const filter of smallerValues(request.filter)) yield { ...request, filter: filter as Document };
  if (request.kind === 'update') {
    for (const update of smallerValues(request.update)) yield { ...request, update: update as Document | Value[] };
    return;
  }
  const { projection, sort, skip, limit, ...rest } = request;
  const parts = {
    ...(projection === undefined ? {} : { projection }),
    ...(sort === undefined ? {} : { sort }),
    ...(skip === undefined ? {} : { skip }),
    ...(limit === undefined ? {} : { limit }),
  };
  for (const name of Object.keys(parts))
    yield { ...rest, ...Object.fromEntries(Object.entries(parts).filter(([each]) => each !== name)) };
  for (const name of ['projection', 'sort'] as const) {
    const part = parts[name];
    if (part === undefined) continue;
    for (const smaller of smallerValues(part)) {
      // Without the `_id` the order of equal documents is open.
      if (name === 'projection' || (smaller as Document).has('_id')) yield { ...request, [name]: smaller as Document };
    }
  }
}

/** Whole halves first, then one by one. */
function* smallerLists(list: readonly Document[]): Generator<readonly Document[]> {
  for (let size = list.length; size >= 1; size = Math.floor(size / 2))
    for (let from = 0; from < list.length; from += size) yield [...list.slice(0, from), ...list.slice(from + size)];
  for (const [i, document] of list.entries())
    for (const smaller of smallerValues(document) as Iterable<Document>) if (smaller.has('_id')) yield list.with(i, smaller);
}

/** The value without one of its parts, or with a smaller one. A part that is left is never made of another type. */
function* smallerValues(value: Value): Generator<Value> {
  if (Array.isArray(value)) {
    for (const i of value.keys()) yield value.toSpliced(i, 1);
    for (const [i, element] of value.entries()) for (const smaller of smallerValues(element)) yield value.with(i, smaller);
  } else if (value instanceof Map) {
    for (const name of value.keys()) yield new Map([...value].filter(([each]) => each !== name));
    for (const [name, inner] of value)
      for (const smaller of smallerValues(inner))
        yield new Map([...value].map(([each, old]) => [each, each === name ? smaller : old] as const));
  }
}
