import { type Document, encodeIdKey, parseDocument, type StoredText, toStored } from '@aerolithdb/protocol';
import { compareBySort, type Filter, matches, type Sort } from '@aerolithdb/query';
import { selectRows } from '../plan/select-rows.ts';
import type { BlockContext } from './block-context.ts';
import type { CollectionState } from './collection-state.ts';
import { idEquality } from './id-equality.ts';
import type { OldRow } from './write-row.ts';

/** A row that a filter selected, parsed. */
export type Target = OldRow & { readonly document: Document };

/**
 * The rows after `afterRow` that the filter selects, in the order of rows, at most `limit` of them. Which ones they are is settled
 * before the first is given out, and writing to one never changes whether another matches, so they may be written meanwhile.
 */
export function* selectTargets(
  context: BlockContext,
  collection: CollectionState,
  filter: Filter,
  { afterRow = 0, limit = Number.MAX_SAFE_INTEGER }: { readonly afterRow?: number; readonly limit?: number } = {},
): Generator<Target> {
  const idKey = idEquality(filter);
  if (idKey !== undefined) {
    const found = targetById(collection, filter, idKey);
    if (found !== undefined && found.rid > afterRow) yield found;
    return;
  }
  for (const { rid, version, text } of selectRows(context.connection, collection.record, filter, { afterRow, limit })) {
    yield target(rid, version, text, parseDocument(text));
  }
}

/** The first row in the order of `sort`, of equal ones the one inserted first. */
export function selectFirst(context: BlockContext, collection: CollectionState, filter: Filter, sort: Sort): Target | undefined {
  let best: Target | undefined;
  for (const candidate of selectTargets(context, collection, filter, sort.length === 0 ? { limit: 1 } : {})) {
    if (best === undefined || compareBySort(sort, candidate.document, best.document) < 0) best = candidate;
  }
  return best;
}

function targetById(collection: CollectionState, filter: Filter, idKey: Uint8Array): Target | undefined {
  const row = collection.rowById(idKey);
  if (row === undefined) return undefined;
  const document = parseDocument(row[2]);
  return matches(filter, document) ? target(row[0], row[1], row[2], document, idKey) : undefined;
}

function target(rid: number, version: number, text: StoredText, document: Document, idKey?: Uint8Array): Target {
  const id = document.get('_id');
  if (id === undefined) throw new Error(`Row ${rid} has no _id.`);
  return { rid, version, text, document, id: toStored(id), idKey: idKey ?? encodeIdKey(id) };
}
