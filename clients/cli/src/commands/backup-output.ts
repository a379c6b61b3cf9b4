import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CliError, EXIT } from '../program/cli-error.ts';
import type { Context } from '../program/context.ts';

/** Where a backup goes. */
export type BackupOutput = {
  /** The file it stands in; undefined for standard output. */
  readonly path: string | undefined;
  /** The name it gets when the user gave none. */
  name(name: string): void;
  write(bytes: Buffer): Promise<void>;
  /** Gives it its name. */
  complete(): Promise<void>;
  /** Removes what was not completed. */
  discard(): Promise<void>;
};

const OWNER_ONLY = 0o600;

/** Throws `data_exists` when the file is there already. */
export function openBackupOutput(context: Context, file: string | undefined): BackupOutput {
  if (file === '-') return standardOutput(context);
  if (file !== undefined) assertFree(file);
  return new FileOutput(file);
}

function standardOutput({ terminal }: Context): BackupOutput {
  const nothing = async () => undefined;
  return { path: undefined, name: () => undefined, write: (bytes) => terminal.out(bytes), complete: nothing, discard: nothing };
}

/** `FILE.part` until it is whole and durable, then `FILE`. */
class FileOutput implements BackupOutput {
  #path: string | undefined;
  #handle: FileHandle | undefined;
  #part: string | undefined;
  /** What came before there was a name. */
  readonly #early: Buffer[] = [];

  constructor(path: string | undefined) {
    this.#path = path;
  }

  get path(): string | undefined {
    return this.#path;
  }

  name(name: string): void {
    if (this.#path !== undefined) return;
    assertFree(name);
    this.#path = name;
  }

  async write(bytes: Buffer): Promise<void> {
    this.#early.push(bytes);
    if (this.#path === undefined) return;
    const handle = await this.#open(this.#path);
    for (const piece of this.#early.splice(0)) await writeWhole(handle, piece);
  }

  async complete(): Promise<void> {
    if (this.#path === undefined || this.#part === undefined || this.#handle === undefined)
      throw new Error('Nothing was written.');
    await this.#handle.sync();
    await this.#close();
    assertFree(this.#path);
    await rename(this.#part, this.#path);
    this.#part = undefined;
    await syncFolder(dirname(this.#path));
  }

  async discard(): Promise<void> {
    await this.#close();
    if (this.#part !== undefined) await rm(this.#part, { force: true });
  }

  async #open(path: string): Promise<FileHandle> {
    if (this.#handle === undefined) {
      this.#handle = await open(`${path}.part`, 'w', OWNER_ONLY);
      this.#part = `${path}.part`;
    }
    return this.#handle;
  }

  async #close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }
}

async function writeWhole(handle: FileHandle, bytes: Buffer): Promise<void> {
  let written = 0;
  while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
}

/** Windows opens no folder, and keeps their entries by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function assertFree(file: string): void {
  if (!existsSync(file)) return;
  throw new CliError('data_exists', `${file} exists. A backup writes over nothing: choose another name.`, EXIT.usage, { file });
}
