import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { programUrl } from './program-url.ts';
import { threadOptions } from './thread-options.ts';

export type CheckpointSetup = { readonly folder: string };

export type ToCheckpoints = 'pass' | 'close';

/** `moved`: pages of the log that stand in the file. */
export type FromCheckpoints = { readonly moved: number };

/** Pages that wait to be moved at which a pass is worth its two syncs: some 6 MiB. */
const PASS_PAGES = 800;

/**
 * Has the write-ahead log moved into the file on a thread of its own while the writer goes on. The writer moves what is left when its log
 * is full (`WAL_PAGES` of the storage), which then is little. The thread is started when it is first needed.
 */
export class Checkpoints {
  readonly #folder: string;
  #worker: Worker | undefined;
  #isRunning = false;
  #isClosed = false;
  /** Pages of the log that were moved when it was last looked at. */
  #moved = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** `pages`: how many the log has after a commit. */
  onCommit(pages: number): void {
    if (pages < this.#moved) this.#moved = 0;
    if (this.#isRunning || this.#isClosed || pages - this.#moved < PASS_PAGES) return;
    this.#isRunning = true;
    this.#worker ??= this.#start();
    this.#post('pass');
  }

  /** Resolves when the pass in progress has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    if (worker === undefined) return;
    this.#post('close');
    await once(worker, 'exit');
  }

  #post(message: ToCheckpoints): void {
    this.#worker?.postMessage(message);
  }

  /** Should the thread fail, the writer does all of its work, as it would without it. */
  #start(): Worker {
    const workerData: CheckpointSetup = { folder: this.#folder };
    const worker = new Worker(programUrl('checkpoint-thread', import.meta.url), { workerData, ...threadOptions() });
    worker.on('message', ({ moved }: FromCheckpoints) => {
      this.#moved = moved;
      this.#isRunning = false;
    });
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#isClosed = true;
    });
    return worker;
  }
}
