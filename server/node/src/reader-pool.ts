import type { ReadPool } from '@aerolithdb/database';
import { logClosed } from '@aerolithdb/log';
import { AerolithError, type ReadAnswer, type ReadRequest } from '@aerolithdb/protocol';
import { PendingRead } from './pending-read.ts';
import type { FollowedRead, ReaderEngineOptions } from './reader-messages.ts';
import { ReaderThread } from './reader-thread.ts';

export type ReaderPoolLimits = {
  readonly threads: number;
  /** Longest time for which a read may wait for a thread, and for which it may run, in milliseconds; starts of threads do not count. */
  readonly timeoutMs: number;
  /** Reads that may wait for a thread; more are refused with `overloaded`. */
  readonly waitingMax: number;
  /** A read that runs for longer is looked at; milliseconds. */
  readonly slowMs?: number;
};

export type ReaderPoolOptions = ReaderPoolLimits & {
  readonly folder: string;
  readonly reader: ReaderEngineOptions;
  /** Told of a read that was looked at: what it did, and how many it stands for. */
  readonly onRead?: (read: FollowedRead, waitMs: number) => void;
  /** Told of a read that was ended for its time, in milliseconds. */
  readonly onTimeout?: (request: ReadRequest, ms: number) => void;
};

/** Reads that cross to a thread at once. */
const BATCH = 64;
/** How often running reads are looked at: this part of the time-out, within these bounds, in milliseconds. */
const CHECKS_PER_TIMEOUT = 4;
const CHECK_MS = { least: 5, most: 250 } as const;
/** Running time after which the reads behind a read are given to an idle thread, in milliseconds. */
const HELD_UP_MS = 5;
/** Running time from which on a read that nobody waits for is ended, in milliseconds: less than a new thread costs is not worth one. */
const UNWANTED_MS = 100;
/** Threads that were given up and still run, for each thread of the pool, before one is replaced only when it has ended. */
const ENDING_PER_THREAD = 2;
/** Faults in a row after which a read is no longer given to a new thread. */
const LOST_THREADS_MAX = 3;

/**
 * Reads on threads of their own. A read that runs for too long is given up together with its thread, and a new thread takes
 * what waited behind it. SQLite ends a statement only when it returns, so the old thread may work on for a while.
 */
export class ReaderPool implements ReadPool {
  #options: ReaderPoolOptions;
  #threads: ReaderThread[];
  #waiting: PendingRead[] = [];
  #scheduled = false;
  #lostInARow = 0;
  readonly #ending = new Set<Promise<unknown>>();
  /** Threads that are replaced only when they have ended. */
  #owedThreads = 0;
  #checks: NodeJS.Timeout | undefined;
  #refusal: AerolithError | undefined;

  constructor(options: ReaderPoolOptions) {
    this.#options = options;
    this.#threads = Array.from({ length: options.threads }, () => this.#newThread());
  }

  /** `signal`: nobody wants the answer any more. Throws `timeout`, `overloaded`, `log_closed` and every code of a read. */
  read(request: ReadRequest, signal?: AbortSignal): Promise<ReadAnswer> {
    if (this.#refusal !== undefined) return Promise.reject(this.#refusal);
    if (this.#waiting.length >= this.#options.waitingMax) return Promise.reject(overloaded(this.#waiting.length));
    return new Promise((resolve, reject) => {
      const read = new PendingRead(request, performance.now(), resolve, reject);
      if (signal !== undefined) this.#endWhen(signal, read);
      if (read.isSettled) return;
      this.#waiting.push(read);
      this.#scheduleDispatch();
    });
  }

  /** A read that waits is taken out at once; one that runs for long is ended with its thread at the next check. */
  #endWhen(signal: AbortSignal, read: PendingRead): void {
    const end = () => {
      read.reject(unwanted(read.request));
      this.#waiting = this.#waiting.filter((other) => other !== read);
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  }

  /** Takes other limits. A thread too many ends; what it was doing goes to the others. */
  setLimits(limits: ReaderPoolLimits): void {
    if (this.#refusal !== undefined) return;
    this.#options = { ...this.#options, ...limits };
    for (const thread of this.#threads.splice(limits.threads)) {
      this.#putBack(thread.unanswered);
      this.#end(thread);
    }
    while (this.#threads.length + this.#owedThreads < limits.threads) this.#threads.push(this.#newThread());
    this.#stopChecks();
    this.#scheduleDispatch();
  }

  /** Refuses what waits, ends the threads. */
  async close(): Promise<void> {
    this.#refusal ??= logClosed();
    clearInterval(this.#checks);
    for (const read of this.#waiting.splice(0)) read.reject(this.#refusal);
    const ended = this.#threads.splice(0).map((thread) => thread.end());
    for (const left of await Promise.all(ended)) for (const read of left) read.reject(this.#refusal);
    await Promise.all(this.#ending);
  }

  /** Reads requested before the event loop comes round are spread over the threads together. */
  #scheduleDispatch(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    const idle = this.#threads.filter((thread) => thread.isIdle);
    const now = performance.now();
    if (this.#waiting.length === 0 && idle.length > 0) this.#waiting = this.#heldUp(now);
    for (const [index, thread] of idle.entries()) {
      if (this.#waiting.length === 0) break;
      const share = Math.ceil(this.#waiting.length / (idle.length - index));
      thread.run(this.#waiting.splice(0, Math.min(BATCH, share)), now, this.#options.slowMs ?? Number.POSITIVE_INFINITY);
    }
    this.#checks ??= setInterval(() => this.#check(), this.#checkMs()).unref();
  }

  /** Reads behind one that runs for long, which an idle thread can take over. */
  #heldUp(now: number): PendingRead[] {
    return this.#threads.filter((thread) => thread.runningMs(now) > HELD_UP_MS).flatMap((thread) => thread.takeBack());
  }

  #checkMs(): number {
    return Math.min(CHECK_MS.most, Math.max(CHECK_MS.least, this.#options.timeoutMs / CHECKS_PER_TIMEOUT));
  }

  #check(): void {
    const now = performance.now();
    const { timeoutMs } = this.#options;
    for (const thread of this.#threads) {
      const runningMs = thread.runningMs(now);
      if (runningMs > timeoutMs || (runningMs > UNWANTED_MS && thread.unanswered[0]?.isSettled === true)) this.#giveUp(thread);
    }
    if (this.#threads.some((thread) => thread.isStarted)) this.#endLateWaiting(now);
    const isBusy = this.#waiting.length > 0 || this.#threads.some((thread) => !thread.isIdle);
    if (isBusy) this.#scheduleDispatch();
    else this.#stopChecks();
  }

  #endLateWaiting(now: number): void {
    const { timeoutMs } = this.#options;
    const [late, waiting] = partition(this.#waiting, (read) => now - read.waitingSince > timeoutMs);
    for (const read of late) read.timeOut(timeoutMs);
    this.#waiting = waiting;
  }

  /** What a thread did not come to goes first, with its time to wait before it again. */
  #putBack(reads: readonly PendingRead[]): void {
    const now = performance.now();
    for (const read of reads) read.waitingSince = now;
    this.#waiting.unshift(...reads);
  }

  #stopChecks(): void {
    clearInterval(this.#checks);
    this.#checks = undefined;
  }

  #giveUp(thread: ReaderThread): void {
    const [first, ...rest] = thread.unanswered;
    if (first !== undefined && !first.isSettled) {
      this.#options.onTimeout?.(first.request, this.#options.timeoutMs);
      first.timeOut(this.#options.timeoutMs);
    }
    this.#putBack(rest);
    const isReplaceable = this.#ending.size < this.#options.threads * ENDING_PER_THREAD;
    if (isReplaceable) this.#replace(thread);
    else this.#threads = this.#threads.filter((other) => other !== thread);
    if (!isReplaceable) this.#owedThreads += 1;
    this.#end(thread, () => {
      if (isReplaceable) return;
      this.#owedThreads -= 1;
      if (this.#refusal === undefined && this.#threads.length < this.#options.threads) this.#threads.push(this.#newThread());
    });
  }

  #end(thread: ReaderThread, then: () => void = () => undefined): void {
    const ending: Promise<unknown> = thread.end().finally(() => {
      this.#ending.delete(ending);
      then();
    });
    this.#ending.add(ending);
  }

  /** The first of the reads may be what ended the thread, so it is not tried again. */
  #lose(thread: ReaderThread, left: readonly PendingRead[], why: Error): void {
    const [first, ...rest] = left;
    if (isOutOfMemory(why)) {
      first?.reject(queryTooLarge(this.#options.reader.heapMegabytes));
      this.#putBack(rest);
      this.#replace(thread);
      return;
    }
    const error = new AerolithError('internal', `The thread of a read stopped (${why.message}).`);
    first?.reject(error);
    this.#lostInARow += 1;
    this.#putBack(rest);
    if (this.#lostInARow > LOST_THREADS_MAX) {
      this.#refusal = error;
      this.#threads = this.#threads.filter((other) => other !== thread);
      for (const read of this.#waiting.splice(0)) read.reject(error);
      return;
    }
    this.#replace(thread);
  }

  #replace(thread: ReaderThread): void {
    this.#threads = this.#threads.map((other) => (other === thread ? this.#newThread() : other));
    this.#scheduleDispatch();
  }

  #newThread(): ReaderThread {
    return new ReaderThread(this.#options.folder, this.#options.reader, {
      onProgress: () => {
        this.#lostInARow = 0;
        this.#scheduleDispatch();
      },
      onRead: (followed, waitMs) => this.#options.onRead?.(followed, waitMs),
      onLost: (thread, left, why) => this.#lose(thread, left, why),
    });
  }
}

function unwanted({ kind }: ReadRequest): AerolithError {
  return new AerolithError('timeout', `The ${kind} was ended: its caller no longer waits for it.`);
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function queryTooLarge(megabytes: number | undefined): AerolithError {
  const message = `The read needed more than ${megabytes} MiB of memory. Ask for fewer documents or fields, or raise --read-memory-megabytes.`;
  return new AerolithError('query_too_large', message, { megabytes });
}

function overloaded(waiting: number): AerolithError {
  return new AerolithError('overloaded', `${waiting} reads are waiting; send fewer at a time or try again.`, { waiting });
}
