import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3-multiple-ciphers';
import { configureConnection, FileConnection } from './file-connection.ts';
import { passFormatGate } from './format-gate.ts';
import { assertOurs, FILE_NAME, openFile, type StorageOptions } from './open-file.ts';
import { StorageError, withStorageErrors } from './storage-error.ts';

const CACHE_BYTES = 33_554_432;
const BUSY_TIMEOUT_MS = 2000;

/** A connection that sees committed states and cannot write. */
export class ReaderConnection extends FileConnection {
  /**
   * Runs `work` on one state of the file: everything it reads belongs to the same committed block. While it runs, the write-ahead
   * log cannot start anew, so it must be short. Calls inside one another share the outermost state.
   */
  snapshot<T>(work: () => T): T {
    if (this.database.inTransaction) return work();
    return withStorageErrors(this.file, () => {
      this.hold();
      try {
        return work();
      } finally {
        this.release();
      }
    });
  }

  /** Keeps the state that the next read sees, for all reads until `release`: taking and giving back a state costs more than a short read. */
  hold(): void {
    if (!this.database.inTransaction) this.prepare('BEGIN').run();
  }

  release(): void {
    if (this.database.inTransaction) this.prepare('COMMIT').run();
  }
}

/**
 * Opens `aerolith.db` in `folder` for reading; it must exist.
 * Throws `StorageError`: `foreign`, `newer`, `corrupt`, `busy`, `io`.
 */
export function openReader(folder: string, options: StorageOptions = {}): ReaderConnection {
  const file = join(folder, FILE_NAME);
  return withStorageErrors(file, () => {
    if (!existsSync(file)) throw new StorageError('io', file, `There is no ${file}. A writer makes it first.`);
    assertOurs(file);
    const database = openFile(file, { ...options, readonly: true, timeoutMs: BUSY_TIMEOUT_MS });
    try {
      if (passFormatGate(database, file) === 'empty')
        throw new StorageError('io', file, `${file} is empty. A writer fills it first.`);
      configure(database, options.cacheBytes ?? CACHE_BYTES);
      return new ReaderConnection(file, database);
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function configure(database: Database.Database, cacheBytes: number): void {
  database.pragma('query_only=ON');
  configureConnection(database, cacheBytes);
}
