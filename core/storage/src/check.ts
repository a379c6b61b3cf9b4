import type { Connection } from './connection.ts';
import { StorageError, withStorageErrors } from './storage-error.ts';

/**
 * Walks every page in use, so that each is read and its seal checked, and compares the structure of all tables.
 * Takes as long as reading the file. Throws `StorageError` `corrupt` naming the first fault.
 */
export function checkFile(connection: Connection): { readonly pages: number } {
  return withStorageErrors(connection.file, () => {
    const faults = connection.prepare<string>('PRAGMA quick_check(1)', 'pluck').all();
    const first = faults[0];
    if (first !== 'ok') {
      throw new StorageError('corrupt', connection.file, `${connection.file} is damaged: ${first}. Restore it from a backup.`);
    }
    return { pages: connection.prepare<number>('PRAGMA page_count', 'pluck').get() ?? 0 };
  });
}

/** Names of all tables, the one with the schema first. */
export function tablesOf(connection: Connection): readonly string[] {
  return withStorageErrors(connection.file, () => [
    'sqlite_schema',
    ...connection.prepare<string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", 'pluck').all(),
  ]);
}

/**
 * As `checkFile` for the pages of one table and of its indexes, so that no state is held for as long as reading the file takes.
 * Pages that are free are not read. Throws `StorageError` `corrupt` naming the first fault.
 */
export function checkTable(connection: Connection, table: string): void {
  withStorageErrors(connection.file, () => {
    const first = connection.prepare<string>(`PRAGMA quick_check('${table.replaceAll("'", "''")}')`, 'pluck').all()[0];
    if (first === undefined || first === 'ok') return;
    const message = `${connection.file} is damaged in ${table}: ${first}. Restore it from a backup.`;
    throw new StorageError('corrupt', connection.file, message);
  });
}
