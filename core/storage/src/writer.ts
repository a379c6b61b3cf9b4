import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3-multiple-ciphers';
import type { WalState, WriterConnection } from './connection.ts';
import { configureConnection, FileConnection } from './file-connection.ts';
import { createFormat, passFormatGate } from './format-gate.ts';
import { LogSync } from './log-sync.ts';
import { assertOurs, FILE_NAME, openFile, PAGE_BYTES, type StorageOptions } from './open-file.ts';
import { storageErrorFrom, withStorageErrors } from './storage-error.ts';
import { passLogGate, type Synced } from './synced-mark.ts';

const CACHE_BYTES = 67_108_864;
/** Pages in the WAL at which a commit moves what it can into the file, without waiting for readers (PASSIVE): 32 MiB. */
const WAL_PAGES = 4096;
/** What a WAL that had to grow beyond is cut back to. */
const WAL_BYTES_KEPT = 67_108_864;
const BUSY_TIMEOUT_MS = 2000;

class FileWriter extends FileConnection implements WriterConnection {
  readonly #sync: LogSync;

  constructor(file: string, database: Database.Database, sync: LogSync) {
    super(file, database);
    this.#sync = sync;
    sync.flushAtOnce();
    sync.note(this.committed());
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  begin(): void {
    withStorageErrors(this.file, () => this.prepare('BEGIN IMMEDIATE').run());
  }

  commit(): void {
    withStorageErrors(this.file, () => this.prepare('COMMIT').run());
  }

  flush(): Promise<void> {
    return this.#sync.flush(this.committed());
  }

  committed(): Synced {
    const state = this.prepare<[number, number, number]>('PRAGMA wal_checkpoint(NOOP)', 'raw').get();
    return this.#sync.extent(Math.max(0, state?.[1] ?? 0));
  }

  rollback(): void {
    if (this.database.inTransaction) this.database.exec('ROLLBACK');
  }

  tryRollback(): boolean {
    try {
      this.rollback();
    } catch (error) {
      if (storageErrorFrom(error, this.file) === undefined) throw error;
    }
    return !this.database.inTransaction;
  }

  checkpoint(): WalState {
    return withStorageErrors(this.file, () => {
      const state = this.prepare<[number, number, number]>('PRAGMA wal_checkpoint(PASSIVE)', 'raw').get();
      return { pages: state?.[1] ?? 0, moved: state?.[2] ?? 0 };
    });
  }

  override close(): void {
    this.#emptyLog();
    super.close();
    this.#sync.close();
  }

  /** Readers may still be open, and then SQLite leaves the log as large as it was. A disk that fails here has lost nothing. */
  #emptyLog(): void {
    try {
      this.database.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      if (storageErrorFrom(error, this.file) === undefined) throw error;
    }
  }
}

/**
 * Opens `aerolith.db` in `folder` for writing; makes both when they do not exist.
 * Throws `StorageError`: `foreign`, `newer`, `corrupt`, `busy`, `full`, `io`.
 */
export function openWriter(folder: string, options: StorageOptions = {}): WriterConnection {
  const file = join(folder, FILE_NAME);
  return withStorageErrors(file, () => {
    mkdirSync(folder, { recursive: true });
    const state = existsSync(file) ? assertOurs(file) : 'new';
    passLogGate(file);
    const database = openFile(file, { ...options, timeoutMs: BUSY_TIMEOUT_MS });
    try {
      if (state === 'new') database.pragma(`page_size=${PAGE_BYTES}`);
      const format = passFormatGate(database, file);
      configure(database, options.cacheBytes ?? CACHE_BYTES);
      if (format === 'empty') createFormat(database);
      return openedWriter(file, database);
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function openedWriter(file: string, database: Database.Database): WriterConnection {
  const sync = LogSync.of(file);
  try {
    return new FileWriter(file, database, sync);
  } catch (error) {
    sync.close();
    throw error;
  }
}

function configure(database: Database.Database, cacheBytes: number): void {
  database.pragma('journal_mode=WAL');
  // Commits do not sync; `flush` does. Checkpoints sync the log before and the file after, so the file is never ahead of it.
  database.pragma('synchronous=NORMAL');
  configureConnection(database, cacheBytes);
  database.pragma(`wal_autocheckpoint=${WAL_PAGES}`);
  database.pragma(`journal_size_limit=${WAL_BYTES_KEPT}`);
}
