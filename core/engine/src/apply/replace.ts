import {
  AerolithError,
  assertStorable,
  compareBytes,
  encodeIdKey,
  parseDocument,
  parseValue,
  type ReplaceOperation,
  type StoredText,
  type Value,
} from '@aerolithdb/protocol';
import type { BlockContext } from './block-context.ts';
import type { StoredRow } from './collection-state.ts';
import { assertVersion } from './if-version.ts';
import { type NewDocument, newDocument, newDocumentFromValues } from './new-document.ts';
import type { OperationDone } from './operation-done.ts';
import { insertRow, rewriteRow } from './write-row.ts';

export function replace(context: BlockContext, operation: ReplaceOperation): OperationDone {
  const collection = context.collection(operation.collection);
  const id = parseValue(operation.id);
  const idKey = encodeIdKey(id);
  const added = replacement(operation.document, id, idKey);
  const row = collection.rowById(idKey);
  assertVersion(operation.ifVersion, row?.[1], operation.collection, operation.id);
  if (row !== undefined) {
    rewriteRow(context, collection, 'replace', oldRow(row, added), added.document, added.text);
    return { result: { matched: 1, modified: 1 } };
  }
  if (operation.upsert !== true) return { result: { matched: 0, modified: 0 } };
  insertRow(context, collection, added);
  return { result: { matched: 0, modified: 0, upsertedId: added.id } };
}

/** A document without `_id` gets the one of the operation, put first; another `_id` is `immutable_id`. */
function replacement(text: StoredText, id: Value, idKey: Uint8Array): NewDocument {
  const document = parseDocument(text);
  if (!document.has('_id')) {
    assertStorable(document);
    return newDocumentFromValues(new Map<string, Value>([['_id', id], ...document]));
  }
  const added = newDocument(text);
  if (compareBytes(added.idKey, idKey) === 0) return added;
  throw new AerolithError('immutable_id', `The document has the _id ${added.id}, which is not the one it is to replace.`, {
    id: added.id,
  });
}

function oldRow(row: StoredRow, added: NewDocument) {
  return { rid: row[0], version: row[1], text: row[2], id: added.id, idKey: added.idKey };
}
