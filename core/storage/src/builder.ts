import { existsSync, mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type Database from 'better-sqlite3-multiple-ciphers';
import type { WalState, WriterConnection } from './connection.ts';
import { configureConnection, FileConnection } from './file-connection.ts';
import { createFormat } from './format-gate.ts';
import { FILE_NAME, openFile, PAGE_BYTES, type StorageOptions } from './open-file.ts';
import { StorageError, storageErrorFrom, withStorageErrors } from './storage-error.ts';
import type { Synced } from './synced-mark.ts';

const CACHE_BYTES = 134_217_728;
/** Commits that share one transaction of SQLite: most of a small one's cost is in writing its pages again and again. */
const COMMITS_PER_TRANSACTION = 64;
const BUSY_TIMEOUT_MS = 2000;

/**
 * Fills a new file, which nobody else opens meanwhile. Invariants:
 * 1. `flush` ends the filling and makes it durable; a file that was closed without it is to be thrown away.
 * 2. Several commits are one transaction of SQLite, so a rollback takes back more than was begun, and the builder is then at its end.
 */
class FileBuilder extends FileConnection implements WriterConnection {
  #isOpen = false;
  #isBroken = false;
  #commits = 0;

  exec(sql: string): void {
    this.database.exec(sql);
  }

  override get inTransaction(): boolean {
    return this.#isOpen;
  }

  begin(): void {
    if (this.#isBroken) throw new Error('A builder that was rolled back builds no further.');
    withStorageErrors(this.file, () => {
      if (!this.database.inTransaction) this.prepare('BEGIN').run();
    });
    this.#isOpen = true;
  }

  commit(): void {
    this.#isOpen = false;
    this.#commits += 1;
    if (this.#commits >= COMMITS_PER_TRANSACTION) this.#write();
  }

  /** Nothing: there is no log. */
  committed(): Synced {
    return { header: new Uint8Array(0), frames: 0 };
  }

  /** Leaves the file as a writer leaves it: in WAL mode, without a log. */
  async flush(): Promise<void> {
    this.#write();
    withStorageErrors(this.file, () => {
      this.database.pragma('locking_mode=NORMAL');
      this.database.pragma('journal_mode=WAL');
      this.database.pragma('wal_checkpoint(TRUNCATE)');
    });
    await syncFile(this.file);
  }

  rollback(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#isBroken = true;
    if (this.database.inTransaction) this.database.exec('ROLLBACK');
  }

  tryRollback(): boolean {
    this.rollback();
    return !this.database.inTransaction;
  }

  checkpoint(): WalState {
    return { pages: 0, moved: 0 };
  }

  #write(): void {
    this.#commits = 0;
    withStorageErrors(this.file, () => {
      if (this.database.inTransaction) this.prepare('COMMIT').run();
    });
  }
}

/**
 * Makes `aerolith.db` in `folder`, to be filled at once, flushed and closed. Much faster than a writer, since no part of
 * it has to survive alone. Throws `StorageError`: `foreign` when there is one already, `full`, `io`.
 */
export function openBuilder(folder: string, options: StorageOptions = {}): WriterConnection {
  const file = join(folder, FILE_NAME);
  return withStorageErrors(file, () => {
    mkdirSync(folder, { recursive: true });
    if (existsSync(file)) throw new StorageError('foreign', file, `${file} exists already. Choose another data folder.`);
    const database = openFile(file, { ...options, timeoutMs: BUSY_TIMEOUT_MS });
    try {
      database.pragma(`page_size=${PAGE_BYTES}`);
      configure(database, options.cacheBytes ?? CACHE_BYTES);
      createFormat(database);
      return new FileBuilder(file, database);
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function configure(database: Database.Database, cacheBytes: number): void {
  // In memory, not off: the engine undoes a refused command by a savepoint.
  database.pragma('journal_mode=MEMORY');
  database.pragma('synchronous=OFF');
  database.pragma('locking_mode=EXCLUSIVE');
  configureConnection(database, cacheBytes);
}

async function syncFile(file: string): Promise<void> {
  try {
    const handle = await open(file, 'r+');
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    throw storageErrorFrom(error, file) ?? error;
  }
}
