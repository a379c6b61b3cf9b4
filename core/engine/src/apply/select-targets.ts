import { type Document, encodeIdKey, parseDocument, type StoredText, toStored } from '@aerolithdb/protocol';
import { compareBySort, type Filter, matches, type Sort } from '@aerolithdb/query';
import type { BlockContext } from './block-context.ts';
import type { CollectionState, StoredRow } from './collection-state.ts';
import type { OldRow } from './write-row.ts';

/** A row that a filter selected, parsed. */
export type Target = OldRow & { readonly document: Document };

export type TargetPage = { readonly targets: readonly Target[]; readonly more: boolean };

/** Units of text that one page holds in memory. */
const PAGE_UNITS_MAX = 8_388_608;

/**
 * The rows after `afterRow` that the filter selects, in the order of rows, at most `limit` of them and at most a page's worth of
 * memory. Writing between pages is safe: a write to one row never changes whether another one matches, and rows keep their place.
 */
export function selectPage(
  context: BlockContext,
  collection: CollectionState,
  filter: Filter,
  afterRow: number,
  limit: number,
): TargetPage {
  const id = idEquality(filter);
  if (id !== undefined) return { targets: [...targetById(collection, filter, id, afterRow)], more: false };
  const targets: Target[] = [];
  let units = 0;
  for (const [rid, version, text] of scan(context, collection, afterRow)) {
    const document = parseDocument(text);
    if (!matches(filter, document)) continue;
    targets.push(target(rid, version, text, document));
    units += text.length;
    if (targets.length >= limit || units >= PAGE_UNITS_MAX) return { targets, more: true };
  }
  return { targets, more: false };
}

/** The first row in the order of `sort`, of equal ones the one inserted first. */
export function selectFirst(context: BlockContext, collection: CollectionState, filter: Filter, sort: Sort): Target | undefined {
  if (sort.length === 0) return selectPage(context, collection, filter, 0, 1).targets[0];
  let best: Target | undefined;
  let afterRow = 0;
  for (;;) {
    const page = selectPage(context, collection, filter, afterRow, Number.MAX_SAFE_INTEGER);
    for (const candidate of page.targets) {
      if (best === undefined || compareBySort(sort, candidate.document, best.document) < 0) best = candidate;
      afterRow = candidate.rid;
    }
    if (!page.more) return best;
  }
}

function* targetById(collection: CollectionState, filter: Filter, idKey: Uint8Array, afterRow: number): Generator<Target> {
  const row = collection.rowById(idKey);
  if (row === undefined || row[0] <= afterRow) return;
  const document = parseDocument(row[2]);
  if (matches(filter, document)) yield target(row[0], row[1], row[2], document, idKey);
}

/** The key of the `_id` when the filter asks for one by equality. */
function idEquality(filter: Filter): Uint8Array | undefined {
  if (filter.kind === 'and' && filter.filters.length === 1) return idEquality(filter.filters[0]!);
  if (filter.kind !== 'field' || filter.path.length !== 1 || filter.path[0] !== '_id' || filter.test.op !== 'eq')
    return undefined;
  const { value } = filter.test;
  const plain =
    typeof value === 'string' || typeof value === 'number' || (typeof value === 'object' && value !== null && 'hex' in value);
  return plain ? encodeIdKey(value) : undefined;
}

function scan(context: BlockContext, collection: CollectionState, afterRow: number): Iterable<StoredRow> {
  const sql = `SELECT rid, version, json(doc) FROM documents_${collection.record.table} WHERE rid > ? ORDER BY rid`;
  return context.connection.prepare<StoredRow>(sql, 'raw').iterate(afterRow);
}

function target(rid: number, version: number, text: StoredText, document: Document, idKey?: Uint8Array): Target {
  const id = document.get('_id');
  if (id === undefined) throw new Error(`Row ${rid} has no _id.`);
  return { rid, version, text, document, id: toStored(id), idKey: idKey ?? encodeIdKey(id) };
}
