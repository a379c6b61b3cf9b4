import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * `FILE.part` until it is whole, then `FILE`: what is found under its name is never a part. It is written at once, not by Node's pool of
 * threads: for pieces of a stream the way there and back costs more than to write them.
 */
export class PartFile {
  readonly #path: string;
  readonly #part: string;
  #descriptor: number | undefined;
  #isThere = true;

  /** Throws what the file system throws, as the methods do. */
  constructor(path: string, mode?: number) {
    this.#path = path;
    this.#part = `${path}.part`;
    this.#descriptor = openSync(this.#part, 'w', mode);
  }

  write(bytes: Uint8Array): void {
    if (this.#descriptor === undefined) throw new Error('The file is closed.');
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#descriptor, bytes, written);
  }

  /** Gives it its name; `durable`: so that a power cut does not take it back. */
  complete({ durable }: { readonly durable: boolean }): void {
    if (durable && this.#descriptor !== undefined) fsyncSync(this.#descriptor);
    this.#close();
    renameSync(this.#part, this.#path);
    this.#isThere = false;
    if (durable) syncFolder(dirname(this.#path));
  }

  /** Removes what was not completed. Safe to call after `complete`. */
  discard(): void {
    this.#close();
    if (this.#isThere) rmSync(this.#part, { force: true });
    this.#isThere = false;
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

/** Windows opens no folder, and keeps their entries by itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
