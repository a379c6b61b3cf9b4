import type { StoredText } from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';

/**
 * About `most` rows, one out of each part of the row ids, at a place that follows from the number of the part: even over the collection,
 * and not in step with data that repeats in the order of its insertion. All rows when there are no more.
 */
export function* sampleRows(
  connection: Connection,
  table: number,
  { nextRid, documents }: { readonly nextRid: number; readonly documents: number },
  most: number,
): Generator<StoredText> {
  if (documents <= most) {
    yield* connection.prepare<string>(`SELECT json(doc) FROM documents_${table} ORDER BY rid`, 'pluck').all();
    return;
  }
  const first = connection.prepare<number>(`SELECT min(rid) FROM documents_${table}`, 'pluck').get() ?? 1;
  const sql = `SELECT json(doc) FROM documents_${table} WHERE rid >= ? AND rid < ? ORDER BY rid LIMIT 1`;
  const next = connection.prepare<string>(sql, 'pluck');
  for (let part = 0; part < most; part++) {
    const low = first + Math.floor((part * (nextRid - first)) / most);
    const high = first + Math.floor(((part + 1) * (nextRid - first)) / most);
    const text = next.get(low + (mix(part) % (high - low)), high) ?? next.get(low, high);
    if (text !== undefined) yield text;
  }
}

/** Scatters 32 bits (the finaliser of MurmurHash3). */
function mix(number: number): number {
  let bits = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
