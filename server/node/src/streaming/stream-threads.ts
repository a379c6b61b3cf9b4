import { randomUUID } from 'node:crypto';
import { logClosed } from '@aerolithdb/log';
import { SpoolFile } from './spool-file.ts';
import type { StreamKind, StreamSlots } from './stream-slots.ts';
import { StreamThread } from './stream-thread.ts';
import { ThreadStream } from './thread-stream.ts';

/** For how long a thread without work is kept, in milliseconds: its start takes longer than a small stream. */
const IDLE_MS = 60_000;

export type StreamThreadsOptions = {
  /** Where the files are that take what a slow reader leaves. */
  readonly folder: string;
  readonly program: URL;
  /** What its streams are, also in the names of files. */
  readonly kind: StreamKind;
  readonly slots: StreamSlots;
};

/** Threads that each make one stream of a kind at a time. */
export class StreamThreads<Job, About> {
  readonly #options: StreamThreadsOptions;
  readonly #running = new Set<ThreadStream<Job, About>>();
  readonly #onIdleExit = () => {
    this.#idle = undefined;
  };
  #idle: StreamThread | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: StreamThreadsOptions) {
    this.#options = options;
  }

  /** Resolves when the thread has begun. Throws `overloaded`, `log_closed`, `storage_full`, `storage_failed`, and what the thread throws. */
  async begin(job: Job): Promise<{ readonly about: About; readonly stream: ThreadStream<Job, About> }> {
    const { kind, slots } = this.#options;
    if (this.#isClosed) throw logClosed();
    await slots.takeSlot(kind);
    if (this.#isClosed) {
      await slots.giveSlot(kind);
      throw logClosed();
    }
    const thread = this.#takeThread();
    const stream: ThreadStream<Job, About> = new ThreadStream(
      thread,
      job,
      () => this.#makeSpool(),
      (isThreadFree) => {
        this.#running.delete(stream);
        void slots.giveSlot(kind);
        if (isThreadFree) this.#keep(thread);
      },
    );
    this.#running.add(stream);
    return { about: await stream.begun(), stream };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#running].map((stream) => stream.close()));
    await this.#endIdle();
  }

  #takeThread(): StreamThread {
    const idle = this.#idle;
    this.#idle = undefined;
    clearTimeout(this.#idleTimer);
    idle?.worker.off('exit', this.#onIdleExit).off('error', this.#onIdleExit);
    return idle ?? new StreamThread(this.#options.program);
  }

  #keep(thread: StreamThread): void {
    if (this.#isClosed || this.#idle !== undefined) {
      void thread.end();
      return;
    }
    this.#idle = thread;
    thread.worker.once('error', this.#onIdleExit).once('exit', this.#onIdleExit);
    this.#idleTimer = setTimeout(() => void this.#endIdle(), IDLE_MS).unref();
  }

  async #endIdle(): Promise<void> {
    const idle = this.#idle;
    this.#idle = undefined;
    clearTimeout(this.#idleTimer);
    await idle?.end();
  }

  #makeSpool(): Promise<SpoolFile> {
    const { folder, kind } = this.#options;
    return SpoolFile.create(folder, `${kind}-${randomUUID()}.spool`);
  }
}
