import { encodeIdKey, LIMITS, parseDocument, toStored, type UpkeepOperation } from '@aerolithdb/protocol';
import { expiredRows } from '../index-kinds/ordered/expired-rows.ts';
import type { BlockContext } from './block-context.ts';
import type { CollectionState, StoredRow } from './collection-state.ts';
import type { OperationDone } from './operation-done.ts';
import { removeRow } from './write-row.ts';

/**
 * Deletes documents whose date, of several the earliest, is more than `expireAfterSeconds` before the time of the block, the earliest first.
 * What is no date never expires.
 */
export function expire(context: BlockContext, operation: Extract<UpkeepOperation, { type: 'expire' }>): OperationDone {
  const collection = context.catalogue.findCollection(operation.collection);
  const index = collection?.record.indexes.find(({ name }) => name === operation.index);
  if (collection === undefined || index === undefined) return { result: { deleted: 0 } };
  const limit = Math.min(operation.limit, LIMITS.expiredPerCommand, context.room);
  const rids = expiredRows(context.connection, index, context.time, limit + 1);
  for (const rid of rids.slice(0, limit)) remove(context, collection, rid);
  const more = rids.length > limit;
  return { result: { deleted: Math.min(limit, rids.length), ...(more && { next: rids[limit]! }) } };
}

function remove(context: BlockContext, collection: CollectionState, rid: number): void {
  const sql = `SELECT rid, version, json(doc) FROM documents_${collection.record.table} WHERE rid = ?`;
  const row = context.connection.prepare<StoredRow>(sql, 'raw').get(rid);
  if (row === undefined) throw new Error(`An index of "${collection.record.name}" names row ${rid}, which is not there.`);
  const [, version, text] = row;
  const document = parseDocument(text);
  const id = document.get('_id') ?? null;
  removeRow(context, collection, { rid, version, text, document, id: toStored(id), idKey: encodeIdKey(id) });
}
