import type { IndexRecord } from '../catalogue.ts';
import type { CollectionStatistics } from './collection-statistics.ts';

/** In a smaller collection every way is short, and entries are counted rather than estimated. */
export const DOCUMENTS_LEAST = 1000;
/** Changes after which a sample is taken again: so many, and as many as there were documents. */
const CHANGES_LEAST = 8000;

/** The counters of a collection; `rewritten`: its documents that were rewritten since the statistics were taken. */
export type StatisticsInput = { readonly nextRid: number; readonly documents: number; readonly rewritten: number };

/**
 * Whether the sample of a collection no longer stands for it. A function of the blocks: the same on every replica. As it asks for more
 * changes the larger the collection is, the work of all samples together is a small share of the writes.
 */
export function statisticsDue(
  known: CollectionStatistics | undefined,
  indexes: readonly IndexRecord[],
  now: StatisticsInput,
): boolean {
  if (indexes.length === 0 || now.documents < DOCUMENTS_LEAST) return false;
  if (known === undefined || indexes.some(({ table }) => known.indexes[table] === undefined)) return true;
  const inserted = now.nextRid - known.nextRid;
  const deleted = known.documents + inserted - now.documents;
  return inserted + deleted + now.rewritten >= Math.max(CHANGES_LEAST, known.documents);
}
