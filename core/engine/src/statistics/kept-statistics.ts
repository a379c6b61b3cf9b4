import type { Connection } from '@aerolithdb/storage';
import type { CollectionStatistics } from './collection-statistics.ts';

/** What the writer keeps of a collection beside its counters. */
export type KeptStatistics = { readonly statistics: CollectionStatistics | undefined; readonly rewritten: number };

export const NO_STATISTICS: KeptStatistics = { statistics: undefined, rewritten: 0 };

/** The key in `meta` of how many documents of a collection were rewritten since its statistics were taken. */
export function rewrittenKey(table: number): string {
  return `rewritten/${table}`;
}

export function keptStatistics(
  connection: Connection,
  table: number,
  statistics: CollectionStatistics | undefined,
): KeptStatistics {
  const rewritten = connection.prepare<number>('SELECT value FROM meta WHERE key = ?', 'pluck').get(rewrittenKey(table)) ?? 0;
  return { statistics, rewritten };
}
