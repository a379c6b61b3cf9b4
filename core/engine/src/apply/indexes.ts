import { isDeepStrictEqual } from 'node:util';
import { AerolithError, type CatalogueOperation, type IndexSpec, LIMITS, suggestNearest } from '@aerolithdb/protocol';
import { type IndexRecord, indexSpecOf, newIndexRecord } from '../catalogue.ts';
import { assertDefinition } from '../index-kinds/assert-definition.ts';
import { buildEntries } from '../index-kinds/build-entries.ts';
import { kindNameOf, kindOf } from '../index-kinds/kind-of.ts';
import { dropTables } from '../index-kinds/open-index.ts';
import type { BlockContext } from './block-context.ts';
import type { CollectionState } from './collection-state.ts';
import type { OperationDone } from './operation-done.ts';

type Of<Type extends CatalogueOperation['type']> = Extract<CatalogueOperation, { type: Type }>;

/**
 * Makes an index over what is there: in the same block, or over many documents in further commands (`build-index.ts`). The same
 * definition under the same name again changes nothing, but for a build that failed, which begins anew.
 */
export function createIndex(context: BlockContext, operation: Of<'createIndex'>): OperationDone {
  const collection = context.collection(operation.collection);
  const spec = operation.index;
  assertDefinition(spec);
  const existing = collection.record.indexes.find((index) => index.name === spec.name);
  if (existing !== undefined && !sameDefinition(existing, spec)) throw indexExists(spec.name);
  if (existing !== undefined && existing.build?.state !== 'failed') return { result: {} };
  const others = collection.record.indexes.filter((index) => index !== existing);
  assertRoomFor(collection.record.name, others.length);
  assertSingle(others, spec);
  context.touch(collection);
  const empty = newIndexRecord(spec, context.catalogue.takeTable());
  context.connection.exec(kindOf(empty).tables(empty));
  const record =
    collection.documents > LIMITS.indexBuildAtOnce ? building(collection, empty) : builtNow(context, collection, empty);
  collection.record = { ...collection.record, indexes: [...others, record] };
  context.catalogue.saveRecord(collection);
  return { result: {} };
}

export function dropIndex(context: BlockContext, operation: Of<'dropIndex'>): OperationDone {
  const collection = context.collection(operation.collection);
  const dropped = indexNamed(collection, operation.index);
  context.touch(collection);
  context.connection.exec(dropTables(dropped));
  const indexes = collection.record.indexes.filter((index) => index !== dropped);
  collection.record = { ...collection.record, indexes };
  context.catalogue.saveRecord(collection);
  return { result: {} };
}

export function alterIndex(context: BlockContext, operation: Of<'alterIndex'>): OperationDone {
  const collection = context.collection(operation.collection);
  const index = indexNamed(collection, operation.index);
  const { hidden: wasHidden, ...rest } = index;
  const { hidden = wasHidden, expireAfterSeconds } = operation;
  if (expireAfterSeconds !== undefined && index.expireAfterSeconds === undefined) {
    const message = `The index "${index.name}" has no expireAfterSeconds that could be changed. Make another index that has one.`;
    throw new AerolithError('invalid_index', message, { index: index.name });
  }
  const altered = {
    ...rest,
    ...(hidden === true && { hidden }),
    ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
  };
  assertDefinition(indexSpecOf(altered));
  context.touch(collection);
  putIndex(context, collection, index, altered);
  return { result: {} };
}

/** Puts the record of an index in the place of another. The collection must be touched. */
export function putIndex(context: BlockContext, collection: CollectionState, old: IndexRecord, record: IndexRecord): void {
  const indexes = collection.record.indexes.map((index) => (index === old ? record : index));
  collection.record = { ...collection.record, indexes };
  context.catalogue.saveRecord(collection);
}

function building(collection: CollectionState, empty: IndexRecord): IndexRecord {
  const { nextRid, documents } = collection;
  return { ...empty, build: { state: 'building', built: 0, until: nextRid - 1, done: 0, total: documents } };
}

function builtNow({ connection }: BlockContext, collection: CollectionState, empty: IndexRecord): IndexRecord {
  return buildEntries(connection, collection.record, empty).record;
}

function assertRoomFor(collection: string, indexes: number): void {
  const limit = LIMITS.indexesPerCollection;
  if (indexes < limit) return;
  throw new AerolithError('too_many_indexes', `"${collection}" has ${indexes} indexes, which is the limit.`, { limit });
}

function indexExists(index: string): AerolithError {
  const message = `There is an index named "${index}" with another definition. Drop it first.`;
  return new AerolithError('index_exists', message, { index });
}

/** Throws `unknown_index`. */
function indexNamed(collection: CollectionState, name: string): IndexRecord {
  const found = collection.record.indexes.find((index) => index.name === name);
  if (found === undefined) throw unknownIndex(collection, name);
  return found;
}

function unknownIndex(collection: CollectionState, name: string): AerolithError {
  const nearest = suggestNearest(
    name,
    collection.record.indexes.map((index) => index.name),
  );
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return new AerolithError('unknown_index', `"${collection.record.name}" has no index named "${name}".${hint}`, {
    index: name,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

/** Throws `invalid_index` for a second index of a kind of which a collection has one. */
function assertSingle(indexes: readonly IndexRecord[], spec: IndexSpec): void {
  const kind = kindNameOf(spec);
  const other = kindOf(spec).single === true ? indexes.find((index) => kindNameOf(index) === kind) : undefined;
  if (other === undefined) return;
  const message = `A collection has one ${kind} index, which can have many fields; this one has "${other.name}". Drop that first.`;
  throw new AerolithError('invalid_index', message, { index: other.name });
}

function sameDefinition(existing: IndexRecord, spec: IndexSpec): boolean {
  return isDeepStrictEqual(indexSpecOf(existing), indexSpecOf(newIndexRecord(spec, existing.table)));
}
