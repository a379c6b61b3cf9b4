import type { CollectionRecord } from '../catalogue.ts';
import { CHANGE_KIND_CODES } from '../ledger/change-kind.ts';
import { lastPosition } from './past-height.ts';
import type { ReadContext } from './read-context.ts';

/** A document as it was: `text` in stored form. */
export type PastDocument = { readonly id: Uint8Array; readonly version: number; readonly text: string };

/** All documents of a collection as they were at a height, in the order of their ids. */
export function* pastDocuments(context: ReadContext, collection: CollectionRecord, height: number): Generator<PastDocument> {
  // With one max(), SQLite takes the other columns from the row that has it.
  const last = context.connection.prepare<[id: Buffer, version: number, kind: number]>(
    `SELECT id, max(version), kind FROM history_${collection.table} WHERE version <= ? GROUP BY id ORDER BY id`,
    'raw',
  );
  for (const [id, version, kind] of last.iterate(lastPosition(height))) {
    if (kind !== CHANGE_KIND_CODES.delete) yield { id, version, text: textOf(context, collection, id, version) };
  }
}

/** One document as it was at a height; undefined when there was none. */
export function pastDocument(
  context: ReadContext,
  collection: CollectionRecord,
  id: Uint8Array,
  height: number,
): PastDocument | undefined {
  const last = context.connection.prepare<[version: number, kind: number]>(
    `SELECT version, kind FROM history_${collection.table} WHERE id = ? AND version <= ? ORDER BY version DESC LIMIT 1`,
    'raw',
  );
  const row = last.get(id, lastPosition(height));
  if (row === undefined || row[1] === CHANGE_KIND_CODES.delete) return undefined;
  return { id, version: row[0], text: textOf(context, collection, id, row[0]) };
}

/** The current document when it still has that version, else the post-image in the ledger. */
function textOf(context: ReadContext, collection: CollectionRecord, id: Uint8Array, version: number): string {
  const current = context.connection.prepare<string>(
    `SELECT json(doc) FROM documents_${collection.table} WHERE id = ? AND version = ?`,
    'pluck',
  );
  const text = current.get(id, version) ?? context.blocks.postImage(version);
  if (text === undefined) throw new RangeError(`The ledger holds no document for version ${version}.`);
  return text;
}
