import { LIMITS, type UpkeepOperation } from '@aerolithdb/protocol';
import type { IndexBuild, IndexRecord } from '../catalogue.ts';
import { type Built, buildEntries } from '../index-kinds/build-entries.ts';
import { dropTables } from '../index-kinds/open-index.ts';
import type { BlockContext } from './block-context.ts';
import type { CollectionState } from './collection-state.ts';
import { putIndex } from './indexes.ts';
import type { OperationDone } from './operation-done.ts';
import { refusalOf } from './refusal.ts';

type Building = Extract<IndexBuild, { state: 'building' }>;

/**
 * One step of an index build. Invariants:
 * 1. Rows up to `built`, and those that came after the build began, have their entries: writes keep them (`open-index.ts`).
 * 2. How far the build is stands in the catalogue, written with the entries: a node that ends at any time goes on where it was.
 * 3. A document that the index cannot hold ends the build: its tables go, and the record keeps the reason.
 */
export function buildIndex(context: BlockContext, operation: Extract<UpkeepOperation, { type: 'buildIndex' }>): OperationDone {
  const collection = context.catalogue.findCollection(operation.collection);
  const index = collection?.record.indexes.find(({ name }) => name === operation.index);
  if (collection === undefined || index?.build?.state !== 'building') return { result: { matched: 0 } };
  context.touch(collection);
  const most = Math.min(operation.rows, LIMITS.indexBuildRows);
  const step = stepOf(context, collection, index, index.build, most);
  if ('code' in step) {
    context.connection.exec(dropTables(index));
    putIndex(context, collection, index, { ...index, multikey: [], build: { state: 'failed', error: step } });
    return { result: { matched: 0 } };
  }
  const { record, rows, last } = step;
  if (rows < most) {
    const { build: _, ...ready } = record;
    putIndex(context, collection, index, ready);
    return { result: { matched: rows } };
  }
  const { build } = index;
  putIndex(context, collection, index, { ...record, build: { ...build, built: last, done: build.done + rows } });
  return { result: { matched: rows, next: last } };
}

/** What was built, or why it cannot be. */
function stepOf(
  { connection }: BlockContext,
  collection: CollectionState,
  index: IndexRecord,
  { built, until }: Building,
  most: number,
): Built | NonNullable<ReturnType<typeof refusalOf>> {
  try {
    return buildEntries(connection, collection.record, index, { after: built, until, most });
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}
