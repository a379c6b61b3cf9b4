import { Worker } from 'node:worker_threads';
import { syncFailure } from '@aerolithdb/engine';
import { BlockSync, HeightWaits, logClosed, type OrderedLog, overloaded, weigh } from '@aerolithdb/log';
import { AerolithError, type Command, type Head, type Outcome } from '@aerolithdb/protocol';
import { LogSync } from '@aerolithdb/storage';
import { Checkpoints } from './checkpoints.ts';
import { packCommands, unpackEnds, type WireEnd } from './command-packing.ts';
import { programUrl } from './program-url.ts';
import { threadOptions } from './thread-options.ts';
import { fromWire, toWire } from './wire-error.ts';
import type { BlockMessage, FromWriter, ToWriter, WriterSetup } from './writer-messages.ts';

export type LogLimits = {
  /** Commands submitted and not yet answered; more are refused with `overloaded`. */
  readonly waitingCommandsMax: number;
  readonly waitingBytesMax: number;
};

export type LogClientOptions = WriterSetup & LogLimits;

type Pending = {
  readonly bytes: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: AerolithError) => void;
};

/**
 * The log of the writer's thread, as seen from this one. What is submitted before the event loop comes round crosses as one
 * message, and the answers of a block come back as one.
 */
export class LogClient implements OrderedLog {
  readonly #worker: Worker;
  readonly #logSync: LogSync;
  readonly #blockSync: BlockSync<BlockMessage>;
  readonly #checkpoints: Checkpoints;
  #limits: LogLimits;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(head: Head) => void>();
  readonly #heightWaits = new HeightWaits();
  #head: Head;
  #outgoing: Command[] = [];
  #outgoingFirst = 0;
  #willSend = false;
  #next = 0;
  #bytes = 0;
  #refusal: AerolithError | undefined;
  /** Set when no height will be reached any more. */
  #failure: AerolithError | undefined;
  #closed: PromiseWithResolvers<void> | undefined;

  private constructor(worker: Worker, options: LogClientOptions, head: Head) {
    this.#worker = worker;
    this.#logSync = LogSync.open(options.folder);
    this.#checkpoints = new Checkpoints(options.folder);
    this.#blockSync = new BlockSync({
      flush: ({ synced }) => this.#logSync.flush(synced),
      onDurable: (blocks) => this.#settle(blocks),
      onFailure: (thrown) => this.#post({ kind: 'syncFailed', error: toWire(syncFailure(options.folder, thrown)) }),
    });
    this.#limits = options;
    this.#head = head;
    worker.on('message', (message: FromWriter) => this.#receive(message));
    worker.on('error', (error) => this.#lose(error.message));
    worker.on('exit', (code) => this.#lose(`it ended with code ${code}`));
  }

  /** Resolves when the writer holds the file. Throws `data_foreign`, `data_newer`, `data_in_use`, `storage_failed`, `storage_corrupt`. */
  static async start(options: LogClientOptions): Promise<LogClient> {
    const { folder, engine } = options;
    const worker = new Worker(programUrl('writer', import.meta.url), {
      workerData: { folder, engine } satisfies WriterSetup,
      ...threadOptions(),
    });
    const first = await firstMessage(worker);
    if (first.kind === 'ready') return new LogClient(worker, options, first.head);
    throw first.kind === 'refused' ? fromWire(first.error) : new Error(`The writer began with ${first.kind}.`);
  }

  submit(command: Command): Promise<Outcome> {
    const { bytes } = weigh(command);
    const refusal = this.#refusal ?? this.#noRoom(bytes);
    if (refusal !== undefined) return Promise.reject(refusal);
    if (this.#outgoing.length === 0) this.#outgoingFirst = this.#next;
    this.#outgoing.push(command);
    this.#sendSoon();
    this.#bytes += bytes;
    return new Promise((resolve, reject) => {
      this.#pending.set(this.#next, { bytes, resolve, reject });
      this.#next += 1;
    });
  }

  head(): Head {
    return this.#head;
  }

  reached(height: number): Promise<void> {
    if (height <= this.#head.height) return Promise.resolve();
    return this.#failure === undefined ? this.#heightWaits.wait(height) : Promise.reject(this.#failure);
  }

  onBlock(listener: (head: Head) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes other limits; what waits already stays. */
  setLimits(limits: LogLimits): void {
    this.#limits = limits;
  }

  close(): Promise<void> {
    if (this.#closed === undefined) {
      this.#closed = Promise.withResolvers<void>();
      if (this.#refusal !== undefined) this.#closed.resolve();
      this.#refusal ??= logClosed();
      this.#send();
      // The writer empties its log when it closes, for which nobody else may be at it.
      void this.#checkpoints.close().then(() => this.#post({ kind: 'close' }));
    }
    return this.#closed.promise;
  }

  #noRoom(bytes: number): AerolithError | undefined {
    const { waitingCommandsMax, waitingBytesMax } = this.#limits;
    const count = this.#pending.size;
    const isFull = count >= waitingCommandsMax || (count > 0 && this.#bytes + bytes > waitingBytesMax);
    return isFull ? overloaded(count) : undefined;
  }

  /** Once a turn: to wake the other thread costs as much as a small command. */
  #sendSoon(): void {
    if (this.#willSend) return;
    this.#willSend = true;
    setImmediate(() => this.#send());
  }

  #send(): void {
    this.#willSend = false;
    const commands = packCommands(this.#outgoing);
    this.#post({ kind: 'news', first: this.#outgoingFirst, commands, durable: this.#head.height });
    this.#outgoing = [];
  }

  #post(message: ToWriter): void {
    this.#worker.postMessage(message);
  }

  #receive(message: FromWriter): void {
    if (message.kind === 'block') {
      this.#blockSync.add(message);
      this.#checkpoints.onCommit(message.synced.frames);
    }
    if (message.kind === 'ends') this.#endAll(message);
    if (message.kind === 'closed') this.#finish();
    if (message.kind === 'failed') this.#failHeights(fromWire(message.error));
  }

  #settle(blocks: readonly BlockMessage[]): void {
    this.#sendSoon();
    for (const block of blocks) {
      this.#head = block.head;
      this.#endAll(block);
      for (const listener of this.#listeners) listener(block.head);
      this.#heightWaits.reached(block.head.height);
    }
  }

  #endAll({ numbers, ends }: { readonly numbers: readonly number[]; readonly ends: string }): void {
    for (const [index, end] of unpackEnds(ends).entries()) this.#end(numbers[index]!, end);
  }

  #finish(): void {
    this.#logSync.close();
    this.#failHeights(logClosed());
    this.#closed?.resolve();
  }

  #failHeights(error: AerolithError): void {
    this.#failure ??= error;
    this.#heightWaits.fail(this.#failure);
  }

  #end(number: number, end: WireEnd): void {
    const pending = this.#pending.get(number);
    // The caller of a writer that was lost has been told so, though its block may become durable after all.
    if (pending === undefined) return;
    this.#pending.delete(number);
    this.#bytes -= pending.bytes;
    if ('failed' in end) pending.reject(fromWire(end.failed));
    else pending.resolve(end);
  }

  /** The writer is gone. What it was doing may or may not be durable; a repeated command id finds out. */
  #lose(why: string): void {
    const error = new AerolithError(
      'internal',
      `The writer stopped (${why}). Start the node again and send the command again with the same id: it is applied at most once.`,
    );
    this.#refusal ??= error;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    this.#failHeights(error);
    this.#closed?.resolve();
  }
}

function firstMessage(worker: Worker): Promise<FromWriter> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The writer ended with code ${code}.`)));
  });
}
