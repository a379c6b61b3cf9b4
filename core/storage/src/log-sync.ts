import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_NAME } from './open-file.ts';
import { storageErrorFrom, withStorageErrors } from './storage-error.ts';
import { type Synced, SyncedMark } from './synced-mark.ts';

/**
 * Makes what the writer has committed durable. It needs no connection, so any thread of the process that writes may have one; only one
 * of them flushes.
 */
export class LogSync {
  readonly #file: string;
  /** The write-ahead log, opened once more. */
  readonly #wal: number;
  readonly #mark: SyncedMark;

  private constructor(file: string, wal: number) {
    this.#file = file;
    this.#wal = wal;
    this.#mark = new SyncedMark(file, wal);
  }

  /** The log of a file that is open for writing. Throws `StorageError`. */
  static open(folder: string): LogSync {
    return LogSync.of(join(folder, FILE_NAME));
  }

  static of(file: string): LogSync {
    return withStorageErrors(file, () => new LogSync(file, openSync(`${file}-wal`, 'r+')));
  }

  /** What a process before may have left in the system's cache becomes durable before anybody is told of it. */
  flushAtOnce(): void {
    fdatasyncSync(this.#wal);
  }

  /** What a flush that begins now makes durable; `frames` is how many are committed. For the writer's thread, between transactions. */
  extent(frames: number): Synced {
    return this.#mark.extent(frames);
  }

  /** Notes what is durable already. */
  note(synced: Synced): void {
    this.#mark.write(synced);
  }

  /**
   * Resolves when everything committed before the call is on the disk (fdatasync, on a thread of the system's pool); `committed` says how
   * much that is at least. Rejects with `StorageError`; what is on the disk is then unknown until the file is opened anew.
   */
  flush(committed: Synced): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    fdatasync(this.#wal, (error) => {
      if (error !== null) return reject(storageErrorFrom(error, this.#file) ?? error);
      this.#mark.write(committed);
      resolve();
    });
    return promise;
  }

  close(): void {
    this.#mark.close();
    closeSync(this.#wal);
  }
}
