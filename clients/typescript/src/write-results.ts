import type { OperationResult, Receipt } from '@aerolithdb/protocol';
import type { Written } from './transport/transport.ts';
import type { IdOf } from './types/document.ts';
import { plainOf } from './values.ts';

/** `receipt` says where the write stands in the log. */
export type InsertOneResult<T> = { readonly insertedId: IdOf<T>; readonly receipt: Receipt };
/** `insertedIds` stand in the order of the documents. */
export type InsertManyResult<T> = { readonly insertedIds: readonly IdOf<T>[]; readonly receipt: Receipt };
export type UpdateResult<T> = {
  readonly matchedCount: number;
  readonly modifiedCount: number;
  /** The `_id` of the document that an upsert made; null when it made none. */
  readonly upsertedId: IdOf<T> | null;
  readonly receipt: Receipt;
};
export type DeleteResult = { readonly deletedCount: number; readonly receipt: Receipt };

export function updateResult<T>({ receipt, result }: Written): UpdateResult<T> {
  const { matched = 0, modified = 0, upsertedId } = result;
  const id = upsertedId === undefined ? null : plainOf<IdOf<T>>(upsertedId);
  return { matchedCount: matched, modifiedCount: modified, upsertedId: id, receipt };
}

export function deleteResult({ receipt, result }: Written): DeleteResult {
  return { deletedCount: result.deleted ?? 0, receipt };
}

/** The image that a write was asked for; null when nothing matched. */
export function imageOf<R>({ document }: OperationResult): R | null {
  return document == null ? null : plainOf<R>(document);
}
