import { type At, type FindRequest, parseDocument, type ReadAnswer } from '@aerolithdb/protocol';
import { matches, nearOf, type Sort, sortKey, withDistance } from '@aerolithdb/query';
import type { CollectionRecord } from '../catalogue.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { PAST } from './explain.ts';
import { explainLevel } from './explain-plan.ts';
import { nextCursor } from './find-sorted.ts';
import { outgoing } from './outgoing.ts';
import { Page, pageDocuments } from './page.ts';
import { type PastDocument, pastDocuments } from './past-documents.ts';
import { collectionAt, heightAt } from './past-height.ts';
import { type QueryParts, queryParts } from './query-parts.ts';
import type { ReadContext } from './read-context.ts';
import { READ_LIMITS } from './read-limits.ts';
import { TopRows } from './top-rows.ts';

/** A find in a past state: the history of every document is looked through, and the reference evaluation decides. */
export function findPast(context: ReadContext, request: FindRequest, at: At): ReadAnswer {
  const height = heightAt(context, at);
  const collection = collectionAt(context, request.collection, height);
  const parts = queryParts(request);
  const cursor = request.cursor === undefined ? undefined : decodeCursor(request.cursor, request, collection.table);
  const offset = cursor?.by === 'offset' ? cursor.offset : parts.skip;
  const left = cursor === undefined ? parts.limit : cursor.left;
  const selected = selectPast(context, collection, height, parts, offset + pageDocuments(left, parts.batch) + 1);
  const found = selected.documents.slice(offset);
  const page = new Page(left, parts.batch);
  for (const { text } of found) {
    if (page.isFull) break;
    page.add(outgoing(text, parts.projection));
  }
  const next = nextCursor(offset, page.count, found.length, left);
  return {
    height,
    text: page.text(),
    count: page.count,
    ...(next === undefined ? {} : { cursor: encodeCursor(next, request, collection.table) }),
    ...(explainLevel(request.explain) !== undefined
      ? { explain: { ...PAST, rowsRead: selected.rowsRead, rowsReturned: page.count } }
      : {}),
  };
}

/** All that a find of a past state selects, as stored texts in its order. Throws `unknown_collection`, `invalid_position`, `sort_too_large`. */
export function* pastTexts(
  context: ReadContext,
  collection: CollectionRecord,
  height: number,
  parts: QueryParts,
): Generator<string, void, void> {
  const { filter, skip } = parts;
  const count = skip + (parts.limit ?? READ_LIMITS.sortRows);
  if (orderOf(parts) !== undefined) {
    for (const { text } of selectPast(context, collection, height, parts, count).documents.slice(skip)) yield text;
    return;
  }
  let place = 0;
  for (const { text } of pastDocuments(context, collection, height)) {
    if (!matches(filter, parseDocument(text))) continue;
    place++;
    if (place > skip) yield text;
    if (parts.limit !== undefined && place === count) return;
  }
}

/** The order that is asked for: by the sort, else by a `$near`. */
function orderOf({ sort, filter }: QueryParts): Sort | undefined {
  return sort ?? (nearOf(filter) === undefined ? undefined : NEAREST_FIRST);
}

const NEAREST_FIRST: Sort = [{ path: ['distance'], direction: 1, meta: 'geoNearDistance' }];

/** `rowsRead`: past documents that were looked at. */
type Selected = { readonly documents: readonly PastDocument[]; readonly rowsRead: number };

/** The first `count` of the documents that the filter selects, in the order of the sort, else of their ids. */
function selectPast(
  context: ReadContext,
  collection: CollectionRecord,
  height: number,
  parts: QueryParts,
  count: number,
): Selected {
  const sort = orderOf(parts);
  const near = nearOf(parts.filter);
  const found: PastDocument[] = [];
  let rowsRead = 0;
  const top = sort === undefined ? undefined : new TopRows<PastDocument>(sort, count);
  for (const past of pastDocuments(context, collection, height)) {
    rowsRead++;
    const document = parseDocument(past.text);
    if (!matches(parts.filter, document)) continue;
    if (near !== undefined) withDistance(document, near);
    if (sort !== undefined) top?.add(past, sortKey(sort, document), past.text.length);
    else if (found.push(past) >= count) break;
  }
  return { documents: top?.sorted() ?? found, rowsRead };
}
