import type { ReadAnswer, ReadRequest } from '@aerolithdb/protocol';

/** Reads that are the same and begun before the first is answered share one answer: a thousand watchers of the end cost one read. */
export class SharedReads {
  readonly #read: (request: ReadRequest) => Promise<ReadAnswer>;
  readonly #running = new Map<string, Promise<ReadAnswer>>();

  constructor(read: (request: ReadRequest) => Promise<ReadAnswer>) {
    this.#read = read;
  }

  read(request: ReadRequest): Promise<ReadAnswer> {
    const key = JSON.stringify(request);
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const answer = this.#read(request).finally(() => this.#running.delete(key));
    this.#running.set(key, answer);
    return answer;
  }
}
