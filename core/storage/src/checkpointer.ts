import { join } from 'node:path';
import type Database from 'better-sqlite3-multiple-ciphers';
import type { WalState } from './connection.ts';
import { FILE_NAME, openFile, type StorageOptions } from './open-file.ts';
import { withStorageErrors } from './storage-error.ts';

/**
 * Moves the write-ahead log into the file beside the writer, on another thread, so that the writer need not wait for the disk. The log
 * begins anew only when all of it was moved, which the writer does by itself once little is left.
 */
export class Checkpointer {
  readonly #file: string;
  readonly #database: Database.Database;

  /** For a folder that a writer has open. Throws `StorageError`. */
  constructor(folder: string, options: Pick<StorageOptions, 'key'> = {}) {
    this.#file = join(folder, FILE_NAME);
    this.#database = withStorageErrors(this.#file, () => {
      const database = openFile(this.#file, { ...options, timeoutMs: 0 });
      try {
        // As the writer: the log is synced before pages move into the file, and the file after.
        database.pragma('synchronous=NORMAL');
        database.pragma('wal_autocheckpoint=0');
        return database;
      } catch (error) {
        database.close();
        throw error;
      }
    });
  }

  /** Moves what it can without waiting for anybody. Throws `StorageError`; nothing is lost then. */
  checkpoint(): WalState {
    return withStorageErrors(this.#file, () => {
      const [state] = this.#database.pragma('wal_checkpoint(PASSIVE)') as { log: number; checkpointed: number }[];
      return { pages: Math.max(0, state?.log ?? 0), moved: Math.max(0, state?.checkpointed ?? 0) };
    });
  }

  close(): void {
    this.#database.close();
  }
}
