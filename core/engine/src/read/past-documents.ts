import type { CollectionRecord } from '../catalogue.ts';
import { lastPosition } from './past-height.ts';
import type { ReadContext } from './read-context.ts';

/** A document as it was: `text` in stored form. */
export type PastDocument = { readonly id: Uint8Array; readonly version: number; readonly text: string };

type VersionRow = readonly [id: Buffer, version: number, deleted: 0 | 1];

/**
 * All documents of a collection as they were at a height, in the order of their ids. `level`: walks of this kind that are open around
 * it; a statement can be open once, so each level has a text of its own.
 */
export function* pastDocuments(
  context: ReadContext,
  collection: CollectionRecord,
  height: number,
  level = 0,
): Generator<PastDocument> {
  for (const [id, version, deleted] of lastVersions(context, collection, height, level)) {
    if (deleted === 0) yield { id, version, text: textOf(context, collection, id, version) };
  }
}

/** The last version of each id, up to a height. Both tables are walked in the order of ids, so nothing is held in memory. */
function* lastVersions(context: ReadContext, { table }: CollectionRecord, height: number, level: number): Generator<VersionRow> {
  const versions = context.connection.prepare<VersionRow>(
    `SELECT id, version, deleted FROM history_${table} WHERE version <= ?
     UNION ALL SELECT id, version, 0 FROM documents_${table} WHERE version <= ? ORDER BY 1, 2 /* ${level} */`,
    'raw',
  );
  let last: VersionRow | undefined;
  const end = lastPosition(height);
  for (const row of versions.iterate(end, end)) {
    if (last !== undefined && !last[0].equals(row[0])) yield last;
    last = row;
  }
  if (last !== undefined) yield last;
}

/** One document as it was at a height; undefined when there was none. */
export function pastDocument(
  context: ReadContext,
  collection: CollectionRecord,
  id: Uint8Array,
  height: number,
): PastDocument | undefined {
  const { table } = collection;
  const last = context.connection.prepare<[version: number, deleted: 0 | 1]>(
    `SELECT version, 0 FROM documents_${table} WHERE id = ? AND version <= ?
     UNION ALL SELECT version, deleted FROM history_${table} WHERE id = ? AND version <= ? ORDER BY version DESC LIMIT 1`,
    'raw',
  );
  const end = lastPosition(height);
  const row = last.get(id, end, id, end);
  if (row === undefined || row[1] === 1) return undefined;
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
