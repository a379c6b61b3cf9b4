import { isDeepStrictEqual } from 'node:util';
import { AerolithError, type CatalogueOperation, type IndexSpec, LIMITS, suggestNearest } from '@aerolithdb/protocol';
import { type IndexRecord, indexSpecOf, newIndexRecord } from '../catalogue.ts';
import { assertDefinition } from '../index-kinds/assert-definition.ts';
import { buildEntries } from '../index-kinds/build-entries.ts';
import { kindNameOf, kindOf } from '../index-kinds/kind-of.ts';
import type { BlockContext } from './block-context.ts';
import type { CollectionState } from './collection-state.ts';
import type { OperationDone } from './operation-done.ts';

type Of<Type extends CatalogueOperation['type']> = Extract<CatalogueOperation, { type: Type }>;

/** Makes an index over what is there, in the same block. The same definition under the same name again changes nothing. */
export function createIndex(context: BlockContext, operation: Of<'createIndex'>): OperationDone {
  const collection = context.collection(operation.collection);
  const spec = operation.index;
  assertDefinition(spec);
  const { indexes } = collection.record;
  const existing = indexes.find((index) => index.name === spec.name);
  if (existing !== undefined) {
    if (sameDefinition(existing, spec)) return { result: {} };
    throw new AerolithError('index_exists', `There is an index named "${spec.name}" with another definition. Drop it first.`, {
      index: spec.name,
    });
  }
  if (indexes.length >= LIMITS.indexesPerCollection) {
    throw new AerolithError(
      'too_many_indexes',
      `"${collection.record.name}" has ${indexes.length} indexes, which is the limit.`,
      {
        limit: LIMITS.indexesPerCollection,
      },
    );
  }
  assertSingle(indexes, spec);
  context.touch(collection);
  const empty = newIndexRecord(spec, context.catalogue.takeTable());
  context.connection.exec(kindOf(empty).tables(empty));
  const record = buildEntries(context.connection, collection.record, empty);
  collection.record = { ...collection.record, indexes: [...indexes, record] };
  context.catalogue.saveRecord(collection);
  return { result: {} };
}

export function dropIndex(context: BlockContext, operation: Of<'dropIndex'>): OperationDone {
  const collection = context.collection(operation.collection);
  const { indexes } = collection.record;
  const dropped = indexes.find((index) => index.name === operation.index);
  if (dropped === undefined) throw unknownIndex(collection, operation.index);
  context.touch(collection);
  context.connection.exec(kindOf(dropped).drop(dropped));
  collection.record = { ...collection.record, indexes: indexes.filter((index) => index !== dropped) };
  context.catalogue.saveRecord(collection);
  return { result: {} };
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
