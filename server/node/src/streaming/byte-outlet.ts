import { writeSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import { withStorageErrors } from '@aerolithdb/storage';
import { AHEAD, type FromStream, type OutletMemory, SPOOL } from './stream-messages.ts';

/** Bytes of a stream in memory that nobody has taken; one piece that is larger goes alone. */
const AHEAD_BYTES = 8_388_608;
/** For how long a thread that holds a state may wait for its reader on top of the time that it works, in milliseconds. */
const PATIENCE_MS = 1000;

/**
 * The thread's end of a stream: bytes go to the other side through memory for as long as it takes them, else into a file.
 *
 * While a thread holds a state of the data file, the write-ahead log grows. So until `released` it waits for its reader in all no longer
 * than it works, and `PATIENCE_MS` more; what then finds no room goes into the file at once. A reader can thus double the time for
 * which the state is held, whatever it does, and one that keeps up costs no file.
 */
export class ByteOutlet {
  readonly #port: MessagePort;
  readonly #shared: Int32Array;
  readonly #begunAt = performance.now();
  #waitedMs = 0;
  #holdsState = true;

  constructor(port: MessagePort, memory: OutletMemory) {
    this.#port = port;
    this.#shared = new Int32Array(memory);
  }

  /** Nothing is held any more: from now on it waits for its reader. */
  released(): void {
    this.#holdsState = false;
  }

  /** Takes `bytes` over: they are not the caller's any more. */
  send(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.#waitForRoom(bytes.length)) this.#post(bytes);
    else this.#writeDown(bytes);
  }

  #post(bytes: Buffer): void {
    // What shares its memory with others is copied, or these would lose theirs.
    const own = bytes.length === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
    Atomics.add(this.#shared, AHEAD, own.length);
    const message: FromStream<never> = { kind: 'bytes', bytes: own };
    this.#port.postMessage(message, [own.buffer as ArrayBuffer]);
  }

  #writeDown(bytes: Buffer): void {
    const spool = this.#spoolFile();
    withStorageErrors('The file of a stream', () => {
      for (let written = 0; written < bytes.length; ) written += writeSync(spool, bytes, written);
    });
    this.#tell({ kind: 'spooled', length: bytes.length });
  }

  /** The other side makes the file, and ends this thread when it cannot. */
  #spoolFile(): number {
    if (Atomics.load(this.#shared, SPOOL) === 0) this.#tell({ kind: 'spool' });
    Atomics.wait(this.#shared, SPOOL, 0);
    return Atomics.load(this.#shared, SPOOL);
  }

  #tell(message: FromStream<never>): void {
    this.#port.postMessage(message);
  }

  #waitForRoom(length: number): boolean {
    for (;;) {
      const ahead = Atomics.load(this.#shared, AHEAD);
      if (ahead === 0 || ahead + length <= AHEAD_BYTES) return true;
      const patienceMs = this.#patienceMs();
      if (patienceMs <= 0) return false;
      const before = performance.now();
      Atomics.wait(this.#shared, AHEAD, ahead, patienceMs);
      this.#waitedMs += performance.now() - before;
    }
  }

  #patienceMs(): number {
    if (!this.#holdsState) return Number.POSITIVE_INFINITY;
    const workedMs = performance.now() - this.#begunAt - this.#waitedMs;
    return PATIENCE_MS + workedMs - this.#waitedMs;
  }
}
