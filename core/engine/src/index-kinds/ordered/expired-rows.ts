import { BRACKETS, DateTime, encodeKey } from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';
import type { IndexRecord } from '../../catalogue.ts';
import { afterPrefix, descending, type KeyInterval } from '../../plan/key-interval.ts';

/**
 * Row ids of documents with a date that is more than `expireAfterSeconds` of their index before `time` (milliseconds since 1970): at
 * most `most`, each once, the one with the earliest date first. None where the index has no expiry or is not ready.
 */
export function expiredRows(connection: Connection, index: IndexRecord, time: number, most: number): number[] {
  const { table, keys, expireAfterSeconds, build } = index;
  if (expireAfterSeconds === undefined || build !== undefined) return [];
  const isDescending = keys[0]![1] === -1;
  const { low, high } = datesUpTo(time - expireAfterSeconds * 1000, isDescending);
  const sql = `SELECT rid FROM index_${table} WHERE key >= ? AND key < ? ORDER BY key${isDescending ? ' DESC' : ''}, rid`;
  const rids = new Set<number>();
  for (const rid of connection.prepare<number>(sql, 'pluck').iterate(low, high)) {
    rids.add(rid);
    if (rids.size >= most) break;
  }
  return [...rids];
}

function datesUpTo(latest: number, isDescending: boolean): KeyInterval {
  const ascending = { low: Uint8Array.of(BRACKETS.date), high: afterPrefix(encodeKey(new DateTime(latest))) };
  return isDescending ? descending(ascending) : ascending;
}
