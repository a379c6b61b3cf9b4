import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AerolithError } from '@aerolithdb/protocol';
import { PIPELINE_LIMITS, type Spill, type SpillFile } from '@aerolithdb/query';

const OWNER_ONLY = 0o600;
/** Characters that are gathered before they are written; bytes that are read at once. */
const CHUNK = 262_144;

/**
 * Files for what the memory of one pipeline does not hold. A file loses its name as soon as it is open, so that it is gone when it is closed,
 * with the process too. Owner: the read that made it, which closes it at its end.
 */
export class SpillFolder implements Spill, Disposable {
  readonly #folder: string;
  readonly #open = new Set<TextFile>();
  #bytes = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Bytes that were written, in all files. */
  get bytes(): number {
    return this.#bytes;
  }

  create(): SpillFile {
    const file = new TextFile(
      this.#folder,
      (bytes) => this.#count(bytes),
      () => this.#open.delete(file),
    );
    this.#open.add(file);
    return file;
  }

  [Symbol.dispose](): void {
    for (const file of [...this.#open]) file.close();
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    const limit = PIPELINE_LIMITS.spilledBytes;
    if (this.#bytes <= limit) return;
    const message = `The pipeline would write more than ${limit} bytes into files. Put a $match, $project or $limit before its stages.`;
    throw new AerolithError('pipeline_too_large', message, { bytes: limit });
  }
}

/** Begins the name of the folder that a file has while it has one. */
const PREFIX = 'spill-';

/** Texts without line breaks (Extended JSON escapes them), a line each. */
class TextFile implements SpillFile {
  /** A folder of its own, so that the name is no other's. */
  readonly #place: string;
  readonly #descriptor: number;
  readonly #onWrite: (bytes: number) => void;
  readonly #onClose: () => void;
  #waiting: string[] = [];
  #units = 0;
  #closed = false;

  constructor(folder: string, onWrite: (bytes: number) => void, onClose: () => void) {
    this.#place = mkdtempSync(join(folder, PREFIX));
    this.#descriptor = openSync(join(this.#place, 'texts'), 'wx+', OWNER_ONLY);
    this.#onWrite = onWrite;
    this.#onClose = onClose;
    removeName(this.#place);
  }

  append(text: string): void {
    this.#waiting.push(text, '\n');
    this.#units += text.length + 1;
    if (this.#units >= CHUNK) this.#write();
  }

  *read(): Generator<string> {
    this.#write();
    try {
      yield* this.#lines();
    } finally {
      this.close();
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#descriptor);
    removeName(this.#place);
    this.#onClose();
  }

  *#lines(): Generator<string> {
    const decoder = new TextDecoder();
    const buffer = Buffer.allocUnsafe(CHUNK);
    let rest = '';
    let at = 0;
    for (let length = this.#fill(buffer, at); length > 0; length = this.#fill(buffer, at)) {
      at += length;
      const lines = (rest + decoder.decode(buffer.subarray(0, length), { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  }

  #fill(buffer: Buffer, at: number): number {
    return readSync(this.#descriptor, buffer, 0, buffer.length, at);
  }

  #write(): void {
    const bytes = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#units = 0;
    this.#onWrite(bytes.length);
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done);
  }
}

/** Where a file that is open keeps its name (Windows), it is removed when it is closed. */
function removeName(place: string): void {
  try {
    rmSync(place, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EBUSY' || error.code === 'EPERM'))) throw error;
  }
}
