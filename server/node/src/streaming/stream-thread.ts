import { Worker } from 'node:worker_threads';
import { EndGuard } from '../end-guard.ts';
import { threadOptions } from '../thread-options.ts';

/** What the program of a thread that makes streams is started with. */
export type StreamThreadSetup = {
  /** Memory of an `EndGuard`. */
  readonly guard: SharedArrayBuffer;
};

/** A thread that makes streams, and the way to end it at any moment. */
export class StreamThread {
  readonly worker: Worker;
  readonly #guard: EndGuard;

  constructor(program: URL) {
    const workerData: StreamThreadSetup = { guard: EndGuard.memory() };
    this.#guard = new EndGuard(workerData.guard);
    this.worker = new Worker(program, { workerData, ...threadOptions() });
  }

  end(): Promise<void> {
    return this.#guard.end(this.worker);
  }
}
