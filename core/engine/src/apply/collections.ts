import { AerolithError, assertCollectionName, type CatalogueOperation, type CollectionOptions } from '@aerolithdb/protocol';
import { compileSchema } from '../schema/compile-schema.ts';

import type { BlockContext } from './block-context.ts';
import type { OperationDone } from './operation-done.ts';

type Of<Type extends CatalogueOperation['type']> = Extract<CatalogueOperation, { type: Type }>;

export function createCollection(context: BlockContext, operation: Of<'createCollection'>): OperationDone {
  const name = operation.collection;
  assertCollectionName(name);
  const options = withoutNulls(operation.options);
  assertOptions(options);
  if (context.catalogue.findCollection(name) !== undefined) {
    throw new AerolithError('collection_exists', `There is a collection named "${name}" already.`, { collection: name });
  }
  context.assertRoom();
  const created = context.changes.nextVersion;
  const table = context.catalogue.takeTable();
  const collection = context.catalogue.createCollection({ name, table, options, created, indexes: [] });
  context.touch(collection);
  context.changes.add('createCollection', collection, undefined, undefined);
  return { result: {} };
}

/** Documents that are there already are not checked against a new schema; their next write is. */
export function alterCollection(context: BlockContext, operation: Of<'alterCollection'>): OperationDone {
  const collection = context.collection(operation.collection);
  const options = withoutNulls({ ...collection.record.options, ...operation.options });
  assertOptions(options);
  context.touch(collection);
  collection.record = { ...collection.record, options };
  context.catalogue.saveRecord(collection);
  return { result: {} };
}

export function dropCollection(context: BlockContext, operation: Of<'dropCollection'>): OperationDone {
  const collection = context.collection(operation.collection);
  context.assertRoom();
  context.touch(collection);
  context.catalogue.dropCollection(collection);
  context.changes.add('dropCollection', collection, undefined, undefined);
  return { result: { deleted: collection.documents } };
}

function assertOptions(options: CollectionOptions): void {
  if (options.schema !== undefined && options.schema !== null) compileSchema(options.schema);
}

function withoutNulls(options: CollectionOptions): CollectionOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null && value !== undefined));
}
