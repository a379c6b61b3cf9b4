import { close, open, read } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const openAt = promisify(open);
const readFrom = promisify(read);
const closed = promisify(close);
const OWNER_ONLY = 0o600;

/** A file without a name: it goes when it is closed, also with the process. */
export class SpoolFile {
  readonly descriptor: number;
  readonly #path: string;
  #reading: Promise<unknown> | undefined;

  private constructor(path: string, descriptor: number) {
    this.#path = path;
    this.descriptor = descriptor;
  }

  /** `name`: one that no other has. Throws what the file system throws. */
  static async create(folder: string, name: string): Promise<SpoolFile> {
    const path = join(folder, name);
    const file = new SpoolFile(path, await openAt(path, 'wx+', OWNER_ONLY));
    await file.#removeName();
    return file;
  }

  /** At most `length` bytes from `offset` on, which must have been written. One read at a time. */
  async read(offset: number, length: number): Promise<Buffer> {
    const reading = readFrom(this.descriptor, Buffer.allocUnsafe(length), 0, length, offset);
    this.#reading = reading;
    const { bytesRead, buffer } = await reading;
    return buffer.subarray(0, bytesRead);
  }

  /** After the read in progress, since the descriptor may be another file's at once. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#reading]);
    await closed(this.descriptor);
    await this.#removeName();
  }

  /** Where a file that is open keeps its name (Windows), it is removed when it is closed. */
  async #removeName(): Promise<void> {
    try {
      await rm(this.#path, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && (error.code === 'EBUSY' || error.code === 'EPERM'))) throw error;
    }
  }
}
