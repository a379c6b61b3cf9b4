import type { Worker } from 'node:worker_threads';

const FREE = 0;
const HELD = 1;
const ENDED = 2;

/**
 * Keeps a thread from being ended inside of work that has to be finished: the thread holds the guard for that work, and whoever ends the
 * thread takes it first, for ever.
 */
export class EndGuard {
  readonly #word: Int32Array;

  /** `shared`: four bytes, 0 at first, the same ones on both sides. */
  constructor(shared: SharedArrayBuffer) {
    this.#word = new Int32Array(shared);
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  }

  /** For the thread. Does not return once the thread is being ended. */
  readonly hold = <T>(work: () => T): T => {
    while (Atomics.compareExchange(this.#word, 0, FREE, HELD) !== FREE) Atomics.wait(this.#word, 0, ENDED);
    try {
      return work();
    } finally {
      Atomics.store(this.#word, 0, FREE);
      Atomics.notify(this.#word, 0);
    }
  };

  /** For the other side: ends the thread, at once or when the work that it holds the guard for is done. */
  async end(worker: Worker): Promise<void> {
    while (Atomics.compareExchange(this.#word, 0, FREE, ENDED) === HELD) await Atomics.waitAsync(this.#word, 0, HELD).value;
    await worker.terminate();
  }
}
