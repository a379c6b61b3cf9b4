import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Bytes that may wait while others are written. */
const WAITING_BYTES = 4_194_304;

/**
 * `FILE.part` until it is whole, then `FILE`: what is found under its name is never a part. Writing goes on while more bytes come, and what has
 * come meanwhile is written at once.
 */
export class PartFile {
  readonly #path: string;
  #handle: FileHandle | undefined;
  #isThere = true;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | undefined;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /** Throws what the file system throws. */
  static async open(path: string, mode?: number): Promise<PartFile> {
    return new PartFile(path, await open(partOf(path), 'w', mode));
  }

  /** Resolves when there is room for more. Throws what the file system throws, of earlier bytes too. */
  async write(bytes: Buffer): Promise<void> {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#writing === undefined) {
      this.#writing = this.#writeWaiting();
      // Whoever writes next or completes learns of it.
      this.#writing.catch(() => undefined);
    }
    if (this.#waitingBytes > WAITING_BYTES) await this.#writing;
  }

  /** Gives it its name; `durable`: so that a power cut does not take it back. */
  async complete({ durable }: { readonly durable: boolean }): Promise<void> {
    await this.#writing;
    if (durable) await this.#handle?.sync();
    await this.#close();
    await rename(partOf(this.#path), this.#path);
    this.#isThere = false;
    if (durable) await syncFolder(dirname(this.#path));
  }

  /** Removes what was not completed. Safe to call after `complete`. */
  async discard(): Promise<void> {
    await Promise.allSettled([this.#writing]);
    await this.#close();
    if (this.#isThere) await rm(partOf(this.#path), { force: true });
    this.#isThere = false;
  }

  async #writeWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const pieces = this.#waiting;
      [this.#waiting, this.#waitingBytes] = [[], 0];
      if (this.#handle !== undefined) await writeWhole(this.#handle, pieces);
    }
    this.#writing = undefined;
  }

  async #close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }
}

function partOf(path: string): string {
  return `${path}.part`;
}

async function writeWhole(handle: FileHandle, pieces: readonly Buffer[]): Promise<void> {
  const { bytesWritten } = await handle.writev(pieces);
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (bytesWritten === length) return;
  const rest = Buffer.concat(pieces).subarray(bytesWritten);
  for (let written = 0; written < rest.length; ) written += (await handle.write(rest, written)).bytesWritten;
}

/** Windows opens no folder, and keeps their entries by itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
