import { writeSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import type { FromStream, OutletSetup } from './stream-messages.ts';

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
  readonly #ahead: Int32Array;
  readonly #spool: number;
  readonly #begunAt = performance.now();
  #waitedMs = 0;
  #holdsState = true;

  constructor(port: MessagePort, { ahead, spool }: OutletSetup) {
    this.#port = port;
    this.#ahead = new Int32Array(ahead);
    this.#spool = spool;
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
    const own = bytes.length === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
    Atomics.add(this.#ahead, 0, own.length);
    const message: FromStream<never> = { kind: 'bytes', bytes: own };
    this.#port.postMessage(message, [own.buffer as ArrayBuffer]);
  }

  #writeDown(bytes: Buffer): void {
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#spool, bytes, written);
    const message: FromStream<never> = { kind: 'spooled', length: bytes.length };
    this.#port.postMessage(message);
  }

  #waitForRoom(length: number): boolean {
    for (;;) {
      const ahead = Atomics.load(this.#ahead, 0);
      if (ahead === 0 || ahead + length <= AHEAD_BYTES) return true;
      const patienceMs = this.#patienceMs();
      if (patienceMs <= 0) return false;
      const before = performance.now();
      Atomics.wait(this.#ahead, 0, ahead, patienceMs);
      this.#waitedMs += performance.now() - before;
    }
  }

  #patienceMs(): number {
    if (!this.#holdsState) return Number.POSITIVE_INFINITY;
    const workedMs = performance.now() - this.#begunAt - this.#waitedMs;
    return PATIENCE_MS + workedMs - this.#waitedMs;
  }
}
