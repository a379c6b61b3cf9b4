import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AerolithError } from '@aerolithdb/protocol';
import Sqlite from 'better-sqlite3-multiple-ciphers';

const LOCK_FILE = 'aerolith.lock';
const HOLDER_FILE = 'aerolith.pid';

/** Names of the files that a lock makes. */
export const LOCK_FILES = [LOCK_FILE, `${LOCK_FILE}-journal`, HOLDER_FILE] as const;

/**
 * Keeps other processes (and other nodes of this one) out of a folder. It is a lock of the operating system, held through an empty
 * SQLite file in an exclusive transaction, so it ends with the process, however that ends. The file beside it only names the holder.
 */
export class FolderLock {
  readonly #file: Sqlite.Database;

  private constructor(file: Sqlite.Database) {
    this.#file = file;
  }

  /** Throws `data_in_use`, and what the file system throws. */
  static take(folder: string): FolderLock {
    const file = new Sqlite(join(folder, LOCK_FILE), { timeout: 0 });
    try {
      file.exec('BEGIN EXCLUSIVE');
      writeFileSync(join(folder, HOLDER_FILE), `${process.pid}\n`, { mode: 0o600 });
      return new FolderLock(file);
    } catch (thrown) {
      file.close();
      if (thrown instanceof Sqlite.SqliteError && thrown.code.startsWith('SQLITE_BUSY')) throw inUse(folder);
      throw thrown;
    }
  }

  /** Whether a process holds the folder now. Takes no lock that anybody would notice. */
  static isHeld(folder: string): boolean {
    const path = join(folder, LOCK_FILE);
    if (!existsSync(path)) return false;
    const file = new Sqlite(path, { timeout: 0, readonly: true });
    try {
      file.prepare('SELECT count(*) FROM sqlite_schema').get();
      return false;
    } catch (thrown) {
      return thrown instanceof Sqlite.SqliteError && thrown.code.startsWith('SQLITE_BUSY');
    } finally {
      file.close();
    }
  }

  release(): void {
    this.#file.close();
  }
}

function inUse(folder: string): AerolithError {
  const pid = holder(folder);
  const who = pid === undefined ? 'Another process' : `Process ${pid}`;
  const message = `${who} uses the data folder ${folder}. Stop it, or choose another folder with --data.`;
  return new AerolithError('data_in_use', message, { folder, ...(pid !== undefined && { pid }) });
}

/** The process that took the folder last. It writes its number just after it took the lock, so for a moment there may be none. */
export function holder(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(folder, HOLDER_FILE), 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined;
    throw thrown;
  }
}
