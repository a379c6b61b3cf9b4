import { type Bound, openReader } from '@aerolithdb/storage';

/** Hand-written SQL on our own file: what a careful user of SQLite would write for one query. */
export type ByHand = {
  /** Prepares a statement with one column; `documents` in it is the table. Gives the values of all rows. */
  prepare<Value>(sql: string): (...parameters: Bound[]) => Value[];
  close(): void;
};

export function openByHand(folder: string, collection: string, cacheMegabytes: number): ByHand {
  const connection = openReader(folder, { cacheBytes: cacheMegabytes * 1_048_576 });
  const record = connection
    .prepare<string>('SELECT record FROM catalogue WHERE name = ?', 'pluck')
    .get(`collection/${collection}`);
  const { table } = JSON.parse(record!) as { table: number };
  return {
    prepare: <Value>(sql: string) => {
      const statement = connection.prepare<Value>(sql.replace('documents', `documents_${table}`), 'pluck');
      return (...parameters) => statement.all(...parameters);
    },
    close: () => connection.close(),
  };
}
