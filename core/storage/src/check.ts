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
