/**
 * The one place where rows, index entries, history and changes are written together. Invariants:
 * 1. Every check that can refuse (schema, index keys, id, uniqueness) comes before the first write, in that order.
 * 2. A document has exactly the entries that `indexEntries` gives for it, in every index of its collection.
 * 3. Each write adds one change. A version moves into the history when another follows it; a delete stands there at once.
 */
import { type Document, parseDocument, type StoredText } from '@aerolithdb/protocol';
import type { BlockContext } from './block-context.ts';
import type { CollectionState, IndexState } from './collection-state.ts';
import { duplicateId, duplicateKeyValue } from './duplicate-value.ts';
import { type IndexEntries, indexEntries, keysWithout } from './index-entries.ts';
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

const NO_ENTRIES: readonly IndexEntries[] = [];

/** Writes a document whose id is new. Throws `schema_violation`, `index_key_too_large`, `invalid_index`, `duplicate_id`, `duplicate_key_value`. */
export function insertRow(context: BlockContext, collection: CollectionState, added: NewDocument): void {
  context.assertRoom();
  collection.schema?.(added.document);
  const indexes = collection.indexes;
  const entries = indexes.length === 0 ? NO_ENTRIES : entriesOfNew(collection, added);
  const rid = collection.nextRid;
  const version = context.changes.nextVersion;
  assertUnique(
    collection,
    indexes,
    (i) => entries[i]!.keys,
    rid,
    () => added.document,
    added,
  );
  const { changes } = collection.insertRow.run(rid, added.idKey, version, added.text);
  if (changes === 0) throw duplicateId(collection.record.name, added.id);
  context.touch(collection);
  collection.nextRid = rid + 1;
  collection.documents++;
  for (let i = 0; i < indexes.length; i++) for (const key of entries[i]!.keys) indexes[i]!.add.run(key, rid);
  noteMultikey(context, collection, entries);
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
  const indexes = collection.indexes;
  const entries = indexes.length === 0 ? NO_ENTRIES : indexes.map((index) => indexEntries(index.shape, document));
  const before = indexes.length === 0 ? NO_ENTRIES : entriesOf(indexes, old);
  const added = entries.map((entry, i) => keysWithout(entry.keys, before[i]!.keys));
  assertUnique(
    collection,
    indexes,
    (i) => added[i]!,
    old.rid,
    () => document,
    undefined,
  );
  context.touch(collection);
  collection.updateRow.run(context.changes.nextVersion, text, old.rid);
  for (let i = 0; i < indexes.length; i++) {
    for (const key of keysWithout(before[i]!.keys, entries[i]!.keys)) indexes[i]!.remove.run(key, old.rid);
    for (const key of added[i]!) indexes[i]!.add.run(key, old.rid);
  }
  noteMultikey(context, collection, entries);
  collection.addHistory.run(old.idKey, old.version, 0);
  context.changes.add(kind, collection, old.id, text);
}

export function removeRow(context: BlockContext, collection: CollectionState, old: OldRow): void {
  context.assertRoom();
  context.touch(collection);
  const indexes = collection.indexes;
  const before = indexes.length === 0 ? NO_ENTRIES : entriesOf(indexes, old);
  collection.deleteRow.run(old.rid);
  collection.documents--;
  for (let i = 0; i < indexes.length; i++) for (const key of before[i]!.keys) indexes[i]!.remove.run(key, old.rid);
  collection.addHistory.run(old.idKey, old.version, 0);
  collection.addHistory.run(old.idKey, context.changes.nextVersion, 1);
  context.changes.add('delete', collection, old.id, undefined);
}

function entriesOfNew(collection: CollectionState, added: NewDocument): IndexEntries[] {
  const { indexes } = collection;
  const document = added.withFields(collection.indexedFields);
  return indexes.map((index) => indexEntries(index.shape, document));
}

function entriesOf(indexes: readonly IndexState[], old: OldRow): IndexEntries[] {
  const document = old.document ?? parseDocument(old.text);
  return indexes.map((index) => indexEntries(index.shape, document));
}

function assertUnique(
  collection: CollectionState,
  indexes: readonly IndexState[],
  keysOf: (index: number) => readonly Uint8Array[],
  rid: number,
  document: () => Document,
  added: NewDocument | undefined,
): void {
  for (let i = 0; i < indexes.length; i++) {
    const index = indexes[i]!;
    if (!index.shape.record.unique) continue;
    for (const key of keysOf(i)) {
      if (index.other.get(key, rid) === undefined) continue;
      if (added !== undefined && collection.rowById(added.idKey) !== undefined)
        throw duplicateId(collection.record.name, added.id);
      throw duplicateKeyValue(collection.record.name, index.shape, document(), key);
    }
  }
}

/** An index that has met an array stays multikey: the planner must know that a document can have several entries. */
function noteMultikey(context: BlockContext, collection: CollectionState, entries: readonly IndexEntries[]): void {
  for (let i = 0; i < entries.length; i++) {
    const at = entries[i]!.multikeyAt;
    const record = collection.record.indexes[i]!;
    if (at === -1 || record.multikey.includes(at)) continue;
    const grown = { ...record, multikey: [...record.multikey, at].sort((a, b) => a - b) };
    collection.record = { ...collection.record, indexes: collection.record.indexes.with(i, grown) };
    context.catalogue.saveRecord(collection);
  }
}
