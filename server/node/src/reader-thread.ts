import { Worker } from 'node:worker_threads';
import { EndGuard } from './end-guard.ts';
import type { PendingRead } from './pending-read.ts';
import { programUrl } from './program-url.ts';
import type { FollowedRead, FromReader, ReaderEngineOptions, ReaderSetup, ToReader } from './reader-messages.ts';
import { threadOptions } from './thread-options.ts';
import { fromWire } from './wire-error.ts';

export type ReaderThreadEvents = {
  /** After answers came in. */
  readonly onProgress: (thread: ReaderThread) => void;
  /** A read was answered that was looked at. `waitMs`: milliseconds until it came to the thread. */
  readonly onRead: (followed: FollowedRead, waitMs: number) => void;
  /** The thread ended by itself; `left` were not answered. */
  readonly onLost: (thread: ReaderThread, left: readonly PendingRead[], why: Error) => void;
};

/** One thread that answers reads in their order, a batch at a time. */
export class ReaderThread {
  readonly #worker: Worker;
  readonly #guard: EndGuard;
  readonly #dropped: Int32Array;
  #batch = 0;
  /** Unanswered reads of the running batch, in order; the first one is running. */
  #running: PendingRead[] = [];
  /** When the first of `#running` began, in milliseconds of `performance.now()`. */
  #since = 0;
  /** When the batch was sent. */
  #sentAt = 0;
  #started = false;
  /** Reads of the batch before the first of `#running`. */
  #answered = 0;

  constructor(folder: string, reader: ReaderEngineOptions, events: ReaderThreadEvents) {
    const dropped = new SharedArrayBuffer(8);
    this.#dropped = new Int32Array(dropped);
    const guard = EndGuard.memory();
    this.#guard = new EndGuard(guard);
    const setup: ReaderSetup = { folder, reader, dropped, guard };
    this.#worker = new Worker(programUrl('reader', import.meta.url), {
      workerData: setup,
      ...threadOptions({ heapMb: reader.heapMegabytes }),
    });
    this.#worker.on('message', (message: FromReader) => {
      this.#receive(message, events.onRead);
      events.onProgress(this);
    });
    let fault: Error | undefined;
    this.#worker.on('error', (error) => {
      fault = error;
    });
    this.#worker.on('exit', (code) => events.onLost(this, this.#running, fault ?? new Error(`it ended with code ${code}`)));
  }

  get isStarted(): boolean {
    return this.#started;
  }

  get isIdle(): boolean {
    return this.#running.length === 0;
  }

  /** Milliseconds for which the first of its reads has been running; the start of the thread does not count. */
  runningMs(now: number): number {
    return this.isIdle || !this.#started ? 0 : now - this.#since;
  }

  /** Only for an idle thread. */
  run(reads: PendingRead[], now: number, slowMs: number): void {
    this.#batch += 1;
    this.#running = reads;
    this.#answered = 0;
    this.#since = now;
    this.#sentAt = now;
    this.#worker.postMessage({ batch: this.#batch, requests: reads.map((read) => read.request), slowMs } satisfies ToReader);
  }

  /** Takes back the reads behind the running one; should one of them have begun meanwhile, its answer is of no account. */
  takeBack(): PendingRead[] {
    if (this.#running.length < 2) return [];
    // The index first: the thread looks at it once the batch is its own.
    Atomics.store(this.#dropped, 1, this.#answered);
    Atomics.store(this.#dropped, 0, this.#batch);
    const [first, ...rest] = this.#running as [PendingRead, ...PendingRead[]];
    this.#running = [first];
    return rest;
  }

  /** Ends the thread, at once or when SQLite returns. What it was given is the caller's again. */
  async end(): Promise<PendingRead[]> {
    const left = this.#running;
    this.#running = [];
    this.#worker.removeAllListeners();
    // A fault that comes while it is being ended concerns nobody.
    this.#worker.on('error', () => undefined);
    await this.#guard.end(this.#worker);
    return left;
  }

  /** What it was given and has not answered; for a caller that is about to end it. */
  get unanswered(): readonly PendingRead[] {
    return this.#running;
  }

  #receive({ batch, ends }: FromReader, onRead: ReaderThreadEvents['onRead']): void {
    if (batch === 0) this.#started = true;
    else if (batch !== this.#batch) return;
    const now = performance.now();
    for (const end of ends) {
      const read = this.#running.shift();
      this.#answered += 1;
      if (read !== undefined && 'followed' in end && end.followed !== undefined)
        onRead(end.followed, Math.max(0, this.#sentAt - read.waitingSince));
      if (read === undefined || read.isSettled) continue;
      if ('failed' in end) read.reject(fromWire(end.failed));
      else read.resolve(end.answer);
    }
    this.#since = now;
  }
}
