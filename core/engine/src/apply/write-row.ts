/**
 * The one place where rows, index entries, history and changes are written together. Invariants:
 * 1. Every check that can refuse (schema, index keys, id, uniqueness) comes before the first write, in that order.
 * 2. A document has exactly the entries that the kind of each index gives it, in every index of its collection.
 * 3. Each write adds one change. A version moves into the history when another follows it; a delete stands there at once.
 */
import { type AerolithError, type Document, parseDocument, type StoredText } from '@aerolithdb/protocol';
import type { IndexChange } from '../index-kinds/index-kind.ts';
import type { BlockContext } from './block-context.ts';
import type { CollectionState } from './collection-state.ts';
import { duplicateId } from './duplicate-id.ts';
import type { NewDocument } from './new-document.ts';

/** A row as it stands. `document` is its parsed text where someone has parsed it already. */
export type OldRow = {
  readonly rid: number;
  readonly version: number;
  readonly text: StoredText;
  readonly document?: Document;
  readonly id: StoredText;
  readonly idKey: Uint8Array;
};

const NO_CHANGES: readonly IndexChange[] = [];

/** Writes a document whose id is new. Throws `schema_violation`, `index_key_too_large`, `invalid_index`, `duplicate_id`, `duplicate_key_value`. */
export function insertRow(context: BlockContext, collection: CollectionState, added: NewDocument): void {
  context.assertRoom();
  collection.schema?.(added.document);
  const rid = collection.nextRid;
  const entries = entriesOfNew(collection, rid, added);
  const clash = firstClash(entries);
  if (clash !== undefined) {
    if (collection.rowById(added.idKey) !== undefined) throw duplicateId(collection.record.name, added.id);
    throw clash;
  }
  const { changes } = collection.insertRow.run(rid, added.idKey, context.changes.nextVersion, added.text);
  if (changes === 0) throw duplicateId(collection.record.name, added.id);
  context.touch(collection);
  collection.nextRid = rid + 1;
  collection.documents++;
  for (const entry of entries) entry.write();
  noteGrown(context, collection, entries);
  context.changes.add('insert', collection, added.id, added.text);
}

/** Writes another document in the place of a row. Throws as `insertRow` does, but never `duplicate_id`. */
export function rewriteRow(
  context: BlockContext,
  collection: CollectionState,
  kind: 'replace' | 'update',
  old: OldRow,
  document: Document,
  text: StoredText,
): void {
  context.assertRoom();
  collection.schema?.(document);
  const entries = entriesOf(collection, old, document);
  const clash = firstClash(entries);
  if (clash !== undefined) throw clash;
  context.touch(collection);
  collection.updateRow.run(context.changes.nextVersion, text, old.rid);
  for (const entry of entries) entry.write();
  if (entries.length > 0) collection.rewritten++;
  noteGrown(context, collection, entries);
  collection.addHistory.run(old.idKey, old.version, 0);
  context.changes.add(kind, collection, old.id, text);
}

export function removeRow(context: BlockContext, collection: CollectionState, old: OldRow): void {
  context.assertRoom();
  context.touch(collection);
  const entries = entriesOf(collection, old, undefined);
  collection.deleteRow.run(old.rid);
  collection.documents--;
  for (const entry of entries) entry.write();
  collection.addHistory.run(old.idKey, old.version, 0);
  collection.addHistory.run(old.idKey, context.changes.nextVersion, 1);
  context.changes.add('delete', collection, old.id, undefined);
}

function entriesOfNew(collection: CollectionState, rid: number, added: NewDocument): readonly IndexChange[] {
  const { indexes, indexedFields } = collection;
  if (indexes.length === 0) return NO_CHANGES;
  const document = indexedFields === undefined ? added.document : added.withFields(indexedFields);
  return indexes.map((index) => index.change(rid, undefined, document));
}

function entriesOf(collection: CollectionState, old: OldRow, after: Document | undefined): readonly IndexChange[] {
  const { indexes } = collection;
  if (indexes.length === 0) return NO_CHANGES;
  const before = old.document ?? parseDocument(old.text);
  return indexes.map((index) => index.change(old.rid, before, after));
}

function firstClash(entries: readonly IndexChange[]): AerolithError | undefined {
  for (const entry of entries) {
    const clash = entry.clash();
    if (clash !== undefined) return clash;
  }
  return undefined;
}

/** Keeps what the changes have shown of their indexes. */
function noteGrown(context: BlockContext, collection: CollectionState, entries: readonly IndexChange[]): void {
  for (let i = 0; i < entries.length; i++) {
    const { grown } = entries[i]!;
    if (grown === undefined) continue;
    collection.record = { ...collection.record, indexes: collection.record.indexes.with(i, grown) };
    context.catalogue.saveRecord(collection);
  }
}
