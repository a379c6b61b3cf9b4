import { existsSync } from 'node:fs';
import { PartFile } from '../files/part-file.ts';
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

/** Under its name when it is whole and durable. */
class FileOutput implements BackupOutput {
  #path: string | undefined;
  #file: PartFile | undefined;
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
    this.#file ??= new PartFile(this.#path, OWNER_ONLY);
    for (const piece of this.#early.splice(0)) this.#file.write(piece);
  }

  async complete(): Promise<void> {
    if (this.#path === undefined || this.#file === undefined) throw new Error('Nothing was written.');
    assertFree(this.#path);
    this.#file.complete({ durable: true });
  }

  async discard(): Promise<void> {
    this.#file?.discard();
  }
}

function assertFree(file: string): void {
  if (!existsSync(file)) return;
  throw new CliError('data_exists', `${file} exists. A backup writes over nothing: choose another name.`, EXIT.usage, { file });
}
