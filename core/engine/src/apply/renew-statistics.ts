import type { WriterConnection } from '@aerolithdb/storage';
import { kindNameOf } from '../index-kinds/kind-of.ts';
import { indexShape } from '../index-kinds/ordered/ordered-entries.ts';
import { ID_SOURCE } from '../plan/candidate.ts';
import { statisticsDue } from '../statistics/statistics-due.ts';
import { takeStatistics } from '../statistics/take-statistics.ts';
import type { CatalogueState } from './catalogue-state.ts';
import type { CollectionState } from './collection-state.ts';

/** The entries of the unique index of `_id` are no others than those of a secondary index would be. */
const ID_SHAPE = indexShape({ ...ID_SOURCE });

/** At the end of a block that wrote to the collection: takes its statistics again when they no longer stand for it. */
export function renewStatistics(connection: WriterConnection, catalogue: CatalogueState, collection: CollectionState): void {
  const { record, statistics, nextRid, documents, rewritten } = collection;
  const ordered = record.indexes.filter((index) => kindNameOf(index) === 'ordered' && index.build === undefined);
  if (!statisticsDue(statistics, ordered, { nextRid, documents, rewritten })) return;
  const shapes = [ID_SHAPE, ...ordered.map(indexShape)];
  catalogue.saveStatistics(collection, takeStatistics(connection, record.table, shapes, { nextRid, documents }));
}
