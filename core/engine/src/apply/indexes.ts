import {
  AerolithError,
  assertIndexName,
  type CatalogueOperation,
  type IndexSpec,
  LIMITS,
  parseDocument,
  suggestNearest,
} from '@aerolithdb/protocol';
import { parsePath } from '@aerolithdb/query';
import { indexTable } from '@aerolithdb/storage';
import type { IndexRecord } from '../catalogue.ts';
import type { BlockContext } from './block-context.ts';
import type { CollectionState, IndexState, StoredRow } from './collection-state.ts';
import { duplicateKeyValue } from './duplicate-value.ts';
import { indexEntries } from './index-entries.ts';
import type { OperationDone } from './operation-done.ts';

type Of<Type extends CatalogueOperation['type']> = Extract<CatalogueOperation, { type: Type }>;

const KEYS_MAX = 32;
/** Rows that are read before their entries are written; SQLite does not write while it reads. */
const BATCH_ROWS = 256;

/** Makes an index over what is there, in the same block. The same definition under the same name again changes nothing. */
export function createIndex(context: BlockContext, operation: Of<'createIndex'>): OperationDone {
  const collection = context.collection(operation.collection);
  const spec = operation.index;
  assertSpec(spec);
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
  context.touch(collection);
  const record = buildIndex(context, collection, spec);
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
  context.connection.exec(`DROP TABLE index_${dropped.table}`);
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

function assertSpec(spec: IndexSpec): void {
  assertIndexName(spec.name);
  if (spec.keys.length === 0 || spec.keys.length > KEYS_MAX) {
    throw new AerolithError('invalid_index', `An index has 1 to ${KEYS_MAX} fields; this one has ${spec.keys.length}.`);
  }
  const seen = new Set<string>();
  for (const [path, direction] of spec.keys) {
    assertPath(path);
    if (direction !== 1 && direction !== -1)
      throw new AerolithError('invalid_index', `The direction of "${path}" is 1 or -1.`, { path });
    if (seen.has(path)) throw new AerolithError('invalid_index', `The index names "${path}" twice.`, { path });
    seen.add(path);
  }
  if (spec.keys.length === 1 && seen.has('_id')) {
    throw new AerolithError('invalid_index', 'Every collection is indexed by _id already.', { path: '_id' });
  }
}

function assertPath(path: string): void {
  const wrong = parsePath(path, 'invalid_index').find((component) => component === '' || component.startsWith('$'));
  if (wrong === undefined) return;
  throw new AerolithError('invalid_index', `"${path}" is no path: its components are field names, parted by single dots.`, {
    path,
  });
}

function sameDefinition(existing: IndexRecord, spec: IndexSpec): boolean {
  return existing.unique === (spec.unique ?? false) && JSON.stringify(existing.keys) === JSON.stringify(spec.keys);
}

function buildIndex(context: BlockContext, collection: CollectionState, spec: IndexSpec): IndexRecord {
  const table = context.catalogue.takeTable();
  context.connection.exec(indexTable(table));
  const record: IndexRecord = { name: spec.name, table, keys: spec.keys, unique: spec.unique ?? false, multikey: [] };
  const index = collection.index(record);
  const multikey = new Set<number>();
  const sql = `SELECT rid, version, json(doc) FROM documents_${collection.record.table} WHERE rid > ? ORDER BY rid LIMIT ${BATCH_ROWS}`;
  const select = context.connection.prepare<StoredRow>(sql, 'raw');
  for (let rows = select.all(0); rows.length > 0; rows = select.all(rows.at(-1)![0])) {
    for (const row of rows) {
      const at = addEntries(collection, index, row);
      if (at !== -1) multikey.add(at);
    }
  }
  return { ...record, multikey: [...multikey].sort((a, b) => a - b) };
}

function addEntries(collection: CollectionState, index: IndexState, [rid, , text]: StoredRow): number {
  const document = parseDocument(text);
  const { keys, multikeyAt } = indexEntries(index.shape, document);
  for (const key of keys) {
    if (index.shape.record.unique && index.other.get(key, rid) !== undefined) {
      throw duplicateKeyValue(collection.record.name, index.shape, document, key);
    }
    index.add.run(key, rid);
  }
  return multikeyAt;
}
