import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { AerolithError } from '@aerolithdb/protocol';
import { FILE_NAME } from '@aerolithdb/storage';
import { makeFolder } from '../make-folder.ts';
import { syncFolder } from '../sync-folder.ts';

/** What a file system puts into a folder that is empty. */
const HARMLESS = new Set(['lost+found', '.DS_Store']);

/**
 * The folder that a restore makes. The work is done in another one, on the same disk, which takes its place at the end: under the
 * final name stands the whole or nothing.
 */
export class RestoreFolder {
  readonly path: string;
  #work: string | undefined;

  private constructor(path: string) {
    this.path = path;
  }

  /** Touches nothing. Throws `data_exists` when something stands there. */
  static at(path: string): RestoreFolder {
    const folder = resolve(path);
    const holds = entries(folder).find((name) => !HARMLESS.has(name));
    if (holds === undefined) return new RestoreFolder(folder);
    const message = `${folder} holds "${holds}". A restore writes over nothing: choose an empty or a new folder.`;
    throw new AerolithError('data_exists', message, { folder, holds });
  }

  /** Where the work is done; made at the first call. A folder that is there may be a mount, so its work is done inside it. */
  get work(): string {
    this.#work ??= existsSync(this.path) ? mkdtempSync(join(this.path, '.restore-')) : this.#besides();
    return this.#work;
  }

  /** Gives the work its final name, durably. */
  complete(): void {
    const { work, path } = this;
    syncFolder(work);
    if (dirname(work) !== path) {
      renameSync(work, path);
    } else {
      // The data file last: without it the folder is not one of ours.
      const names = readdirSync(work).filter((name) => name !== FILE_NAME);
      for (const name of [...names, FILE_NAME]) renameSync(join(work, name), join(path, name));
      syncFolder(path);
    }
    syncFolder(dirname(path));
    this.discard();
  }

  /** Removes what is left of the work. */
  discard(): void {
    if (this.#work !== undefined) rmSync(this.#work, { recursive: true, force: true });
    this.#work = undefined;
  }

  #besides(): string {
    makeFolder(dirname(this.path));
    return mkdtempSync(`${this.path}.restore-`);
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return [];
    if (code !== 'ENOTDIR') throw error;
    throw new AerolithError('data_exists', `${folder} is a file. Choose an empty or a new folder.`, { folder });
  }
}
