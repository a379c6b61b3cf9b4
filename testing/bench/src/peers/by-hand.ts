import { openReader } from '@aerolithdb/storage';

/** Hand-written SQL on our own file: what a careful user of SQLite would write for this one query. */
export function openByHand(
  folder: string,
  collection: string,
  cacheMegabytes: number,
): { count(bound: number): number; close(): void } {
  const connection = openReader(folder, { cacheBytes: cacheMegabytes * 1_048_576 });
  const record = connection
    .prepare<string>('SELECT record FROM catalogue WHERE name = ?', 'pluck')
    .get(`collection/${collection}`);
  const { table } = JSON.parse(record!) as { table: number };
  const statement = connection.prepare<number>(`SELECT count(*) FROM documents_${table} WHERE doc->>'$.score' > ?`, 'pluck');
  return { count: (bound) => statement.get(bound)!, close: () => connection.close() };
}
