import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { CatalogueView } from '@aerolithdb/engine/read';
import type { OrderedLog } from '@aerolithdb/log';
import { programUrl } from './program-url.ts';
import { threadOptions } from './thread-options.ts';

/** `stop`: one 32-bit number, 1 once the thread is to end. */
export type VectorGraphSetup = { readonly folder: string; readonly stop: SharedArrayBuffer };

export type ToVectorGraphs = 'look' | 'close';

/** Graphs that were built by one look, or why it failed. */
export type FromVectorGraphs = { readonly built: number } | { readonly failed: string };

export type VectorGraphsOptions = {
  readonly folder: string;
  readonly log: Pick<OrderedLog, 'head'>;
  readonly catalogue: () => CatalogueView;
};

/** How often the log is asked whether there is something new, in milliseconds. */
const LOOK_MS = 1000;
/** After so many of these a look is due though nothing is new: a reader may have found a graph damaged, or a disk may have room again. */
const LOOKS_BETWEEN = 30;

/**
 * Has the graphs of vector indexes follow the log, on a thread of its own that is started when there is the first such index. Without
 * it, or before it is ready, searches compare more vectors and find the same.
 */
export class VectorGraphs {
  readonly #options: VectorGraphsOptions;
  readonly #stop = new SharedArrayBuffer(4);
  readonly #timer: NodeJS.Timeout;
  #worker: Worker | undefined;
  #isLooking = false;
  #lookedAt = -1;
  #idleLooks = 0;
  #failure: string | undefined;

  constructor(options: VectorGraphsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  /** Why the last look failed; undefined: it did not. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** A build in progress is given up; what was there before it stays. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const worker = this.#worker;
    if (worker === undefined) return;
    Atomics.store(new Int32Array(this.#stop), 0, 1);
    this.#post(worker, 'close');
    await once(worker, 'exit');
  }

  #look(): void {
    const { height } = this.#options.log.head();
    const isNew = height !== this.#lookedAt || ++this.#idleLooks >= LOOKS_BETWEEN;
    if (this.#isLooking || !isNew) return;
    this.#lookedAt = height;
    this.#idleLooks = 0;
    if (this.#worker === undefined && !hasVectorIndex(this.#options.catalogue())) return;
    this.#worker ??= this.#start();
    this.#isLooking = true;
    this.#post(this.#worker, 'look');
  }

  #post(worker: Worker, message: ToVectorGraphs): void {
    worker.postMessage(message);
  }

  #start(): Worker {
    const workerData: VectorGraphSetup = { folder: this.#options.folder, stop: this.#stop };
    const worker = new Worker(programUrl('vector-graph-thread', import.meta.url), { workerData, ...threadOptions() });
    worker.on('message', (message: FromVectorGraphs) => {
      this.#isLooking = false;
      this.#failure = 'failed' in message ? message.failed : undefined;
    });
    worker.on('error', (error) => {
      this.#failure = error.message;
    });
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#isLooking = false;
    });
    worker.unref();
    return worker;
  }
}

function hasVectorIndex({ collections }: CatalogueView): boolean {
  return collections.some(({ indexes }) => indexes.some(({ keys }) => keys.some(([, key]) => key === 'vector')));
}
