import { logClosed } from '@aerolithdb/log';
import { AerolithError } from '@aerolithdb/protocol';
import { storageErrorFrom } from '@aerolithdb/storage';
import { catalogued, fromWire } from '../wire-error.ts';
import type { SpoolFile } from './spool-file.ts';
import { AHEAD, type FromStream, OUTLET_BYTES, SPOOL, type ToStream } from './stream-messages.ts';
import type { StreamThread } from './stream-thread.ts';

/** Bytes that are taken out of the spool at once. */
const PIECE_BYTES = 1_048_576;

type Item = { readonly bytes: Uint8Array } | { spooled: number };

/** One stream that a thread makes; this side gives it out. The thread and the spool are the stream's until it is closed. */
export class ThreadStream<Job, About> {
  readonly #thread: StreamThread;
  readonly #makeSpool: () => Promise<SpoolFile>;
  readonly #onClosed: (isThreadFree: boolean) => void;
  readonly #shared: Int32Array;
  /** What nobody has taken. Bounded: through memory come `AHEAD_BYTES` at most, and spooled bytes that follow each other are one item. */
  readonly #items: Item[] = [];
  readonly #onMessage = (message: FromStream<About>) => this.#receive(message);
  readonly #onError = (error: Error) =>
    this.#fail(new AerolithError('internal', `The thread of a stream stopped: ${error.message}`));
  readonly #onExit = () => this.#fail(logClosed());
  #about: About | undefined;
  /** Made when the thread asks for it, which most never do. */
  #spool: Promise<SpoolFile> | undefined;
  #taken = 0;
  #hasEnded = false;
  /** It has said its last word on this stream, and can make another. */
  #isThreadFree = false;
  #failure: AerolithError | undefined;
  #wake: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  constructor(thread: StreamThread, job: Job, makeSpool: () => Promise<SpoolFile>, onClosed: (isThreadFree: boolean) => void) {
    this.#thread = thread;
    this.#makeSpool = makeSpool;
    this.#onClosed = onClosed;
    const outlet = new SharedArrayBuffer(OUTLET_BYTES);
    this.#shared = new Int32Array(outlet);
    const { worker } = thread;
    worker.on('message', this.#onMessage).on('error', this.#onError).on('exit', this.#onExit);
    worker.postMessage({ job, outlet } satisfies ToStream<Job>);
  }

  /** What the thread says of the stream before its first byte. Rejects with what it throws; the stream is then closed. */
  async begun(): Promise<About> {
    try {
      while (this.#about === undefined) await this.#something();
      return this.#about;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** All bytes, in order. Closes the stream when it ends, in whatever way; with an error unless it was whole. */
  async *bytes(signal?: AbortSignal): AsyncGenerator<Buffer, void, void> {
    const stop = () => void this.close();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      if (signal?.aborted === true) return;
      for (;;) {
        const item = this.#items.shift();
        if (item !== undefined) yield* this.#bytesOf(item);
        else if (this.#hasEnded) return;
        else await this.#something();
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      await this.close();
    }
  }

  /** Gives it up. Safe to call twice, and after its end. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async *#bytesOf(item: Item): AsyncGenerator<Buffer, void, void> {
    this.#assertRuns();
    if ('spooled' in item) yield* this.#spooledBytes(item.spooled);
    else {
      // Whoever takes the bytes may let go of their memory.
      const { buffer, byteOffset, byteLength } = item.bytes;
      yield Buffer.from(buffer, byteOffset, byteLength);
      Atomics.sub(this.#shared, AHEAD, byteLength);
      Atomics.notify(this.#shared, AHEAD);
    }
  }

  async *#spooledBytes(length: number): AsyncGenerator<Buffer, void, void> {
    for (let left = length; left > 0; ) {
      this.#assertRuns();
      const spool = await this.#spool;
      if (spool === undefined) throw new Error('Bytes stand in no file.');
      const piece = await spool.read(this.#taken, Math.min(PIECE_BYTES, left));
      if (piece.length === 0)
        throw new AerolithError('storage_failed', 'The file that a stream is kept in for a while was cut short.');
      this.#taken += piece.length;
      left -= piece.length;
      yield piece;
    }
  }

  /** Waits for a message. */
  async #something(): Promise<void> {
    this.#assertRuns();
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#assertRuns();
  }

  #receive(message: FromStream<About>): void {
    this.#isThreadFree ||= message.kind === 'failed' || message.kind === 'end';
    if (message.kind === 'failed') this.#failure ??= fromWire(message.error);
    else if (message.kind === 'begun') this.#about = message.about;
    else if (message.kind === 'end') this.#hasEnded = true;
    else if (message.kind === 'spool') void this.#lendSpool();
    else if (message.kind === 'spooled') this.#addSpooled(message.length);
    else this.#items.push({ bytes: message.bytes });
    this.#wake?.();
  }

  async #lendSpool(): Promise<void> {
    try {
      this.#spool = this.#makeSpool();
      const { descriptor } = await this.#spool;
      Atomics.store(this.#shared, SPOOL, descriptor);
      Atomics.notify(this.#shared, SPOOL);
    } catch (thrown) {
      this.#fail(catalogued(storageErrorFrom(thrown, 'The file of a stream') ?? thrown));
    }
  }

  #addSpooled(length: number): void {
    const last = this.#items.at(-1);
    if (last !== undefined && 'spooled' in last) last.spooled += length;
    else this.#items.push({ spooled: length });
  }

  #fail(error: AerolithError): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  #assertRuns(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #end(): Promise<void> {
    const isThreadFree = this.#isThreadFree;
    this.#fail(logClosed());
    // A fault that comes while it is being ended concerns nobody, so that listener stays.
    if (!isThreadFree) await this.#thread.end();
    this.#thread.worker.off('message', this.#onMessage).off('error', this.#onError).off('exit', this.#onExit);
    const spool = await this.#spool?.catch(() => undefined);
    await spool?.close();
    this.#onClosed(isThreadFree);
  }
}
