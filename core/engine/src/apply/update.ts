import {
  AerolithError,
  assertStorable,
  type Document,
  isDocument,
  parseDocument,
  parseValue,
  type StoredText,
  type UpdateOperation,
  type Value,
} from '@aerolithdb/protocol';
import {
  applyUpdate,
  documentFromFilter,
  type Filter,
  operatorsOrStages,
  parseSort,
  parseUpdate,
  type Sort,
  type Update,
} from '@aerolithdb/query';
import type { BlockContext } from './block-context.ts';
import type { CollectionState } from './collection-state.ts';
import { changedAtMost, commandFilter } from './command-filter.ts';
import { forEachTarget } from './for-each-target.ts';
import { assertVersion } from './if-version.ts';
import { newDocumentFromValues, storedDocument } from './new-document.ts';
import type { OperationDone } from './operation-done.ts';
import { selectFirst, type Target } from './select-targets.ts';
import { insertRow, rewriteRow } from './write-row.ts';

/** `documents`: how many it may change, at most. */
type ParsedUpdate = { readonly filter: Filter; readonly update: Update; readonly sort: Sort; readonly documents: number };

export function update(context: BlockContext, operation: UpdateOperation): OperationDone {
  const collection = context.collection(operation.collection);
  const filter = commandFilter(context, collection, operation.filter);
  const parsed: ParsedUpdate = {
    filter,
    documents: changedAtMost(collection, filter, operation.multi === true),
    update: parseUpdate(operatorsOrStages(parseValue(operation.update)), arrayFilters(operation.arrayFilters)),
    sort: operation.sort === undefined ? [] : parseSort(parseDocument(operation.sort)),
  };
  return operation.multi === true
    ? updateMany(context, collection, operation, parsed)
    : updateOne(context, collection, operation, parsed);
}

function updateOne(
  context: BlockContext,
  collection: CollectionState,
  operation: UpdateOperation,
  parsed: ParsedUpdate,
): OperationDone {
  const target = selectFirst(context, collection, parsed.filter, parsed.sort);
  assertVersion(operation.ifVersion, target?.version, operation.collection, target?.id);
  if (target === undefined) return updateNone(context, collection, operation, parsed);
  const text = rewrite(context, collection, target, parsed);
  const version = text === undefined ? target.version : context.changes.nextVersion - 1;
  const result = { matched: 1, modified: text === undefined ? 0 : 1 };
  const unchanged = text === undefined ? { unchangedVersion: target.version } : {};
  if (operation.returning === undefined) return { result, ...unchanged };
  const before = operation.returning === 'before';
  return {
    result: { ...result, document: before ? target.text : (text ?? target.text) },
    documentVersion: before ? target.version : version,
    ...unchanged,
  };
}

function updateMany(
  context: BlockContext,
  collection: CollectionState,
  operation: UpdateOperation,
  parsed: ParsedUpdate,
): OperationDone {
  let modified = 0;
  const { matched, next } = forEachTarget(context, collection, parsed.filter, operation.afterRow, (target) => {
    if (rewrite(context, collection, target, parsed) !== undefined) modified++;
  });
  if (matched === 0 && operation.afterRow === undefined) return updateNone(context, collection, operation, parsed);
  return { result: { matched, modified, ...(next === undefined ? {} : { next }) } };
}

function updateNone(
  context: BlockContext,
  collection: CollectionState,
  operation: UpdateOperation,
  parsed: ParsedUpdate,
): OperationDone {
  const result = { matched: 0, modified: 0 };
  if (operation.upsert !== true) return { result: operation.returning === undefined ? result : { ...result, document: null } };
  const added = newDocumentFromValues(upsertedDocument(context, operation, parsed));
  insertRow(context, collection, added);
  const upserted = { ...result, upsertedId: added.id };
  if (operation.returning === undefined) return { result: upserted };
  if (operation.returning === 'before') return { result: { ...upserted, document: null } };
  return { result: { ...upserted, document: added.text }, documentVersion: context.changes.nextVersion - 1 };
}

/** What filter and update say of a document that does not exist yet; its `_id` stands first. */
function upsertedDocument(context: BlockContext, operation: UpdateOperation, parsed: ParsedUpdate): Document {
  const seed = documentFromFilter(parsed.filter);
  const document = applyUpdate(parsed.update, seed, { time: context.time, filter: parsed.filter, insert: true });
  const named = document.get('_id');
  // A null is an _id like any other; only a missing one is made.
  const id = named === undefined && operation.upsertId !== undefined ? parseValue(operation.upsertId) : named;
  if (id === undefined) {
    throw new AerolithError(
      'invalid_id',
      'The upsert names no _id: neither filter nor update hold one, and no upsertId came with it.',
    );
  }
  const fields = [...document].filter(([name]) => name !== '_id');
  return new Map<string, Value>([['_id', id], ...fields]);
}

/** Writes the updated document; `undefined` when the update changes nothing. */
function rewrite(
  context: BlockContext,
  collection: CollectionState,
  target: Target,
  parsed: ParsedUpdate,
): StoredText | undefined {
  const { filter, documents } = parsed;
  const document = applyUpdate(parsed.update, target.document, { time: context.time, filter, documents });
  if (document === target.document) return undefined;
  assertSameId(target, document);
  assertStorable(document);
  const text = storedDocument(document);
  if (text === target.text) return undefined;
  rewriteRow(context, collection, 'update', target, document, text);
  return text;
}

function assertSameId(target: Target, document: Document): void {
  const id = document.get('_id');
  if (id === target.document.get('_id')) return;
  if (id !== undefined && storedDocument(new Map([['_id', id]])) === `{"_id":${target.id}}`) return;
  throw new AerolithError(
    'immutable_id',
    `The update would change the _id of the document ${target.id}. Insert another one instead.`,
    {
      id: target.id,
    },
  );
}

function arrayFilters(text: StoredText | undefined): Document[] {
  if (text === undefined) return [];
  const value = parseValue(text);
  const filters = Array.isArray(value) ? value.filter(isDocument) : [];
  if (Array.isArray(value) && filters.length === value.length) return filters;
  throw new AerolithError('invalid_update', 'arrayFilters is an array of filter documents, one for each $[name] in the update.');
}
