import type { ReadPool } from '@aerolithdb/database';
import type { ReadAnswer, ReadRequest } from '@aerolithdb/protocol';

/** Reads for other threads, which a signal does not reach: a read that was given a token is ended by it. */
export class EndableReads {
  readonly #pool: ReadPool;
  readonly #running = new Map<string, AbortController>();

  constructor(pool: ReadPool) {
    this.#pool = pool;
  }

  /** `token`: unique among those that run. Throws what the pool throws. */
  read(request: ReadRequest, token?: string): Promise<ReadAnswer> {
    if (token === undefined) return this.#pool.read(request);
    const controller = new AbortController();
    this.#running.set(token, controller);
    return this.#pool.read(request, controller.signal).finally(() => this.#running.delete(token));
  }

  /** Nobody waits for the read any more; nothing when it has ended. */
  end(token: string): void {
    this.#running.get(token)?.abort();
  }
}
