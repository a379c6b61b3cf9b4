import { Worker } from 'node:worker_threads';
import type { About } from '@aerolithdb/engine/backup';
import { logClosed } from '@aerolithdb/log';
import { AerolithError } from '@aerolithdb/protocol';
import { EndGuard } from '../end-guard.ts';
import { programUrl } from '../program-url.ts';
import { fromWire } from '../wire-error.ts';
import { workerArguments } from '../worker-arguments.ts';
import type { BackupSetup, FromBackup, ToBackup } from './backup-messages.ts';
import type { SpoolFile } from './spool-file.ts';

/** Bytes that are taken out of the spool at once. */
const PIECE_BYTES = 1_048_576;

/** A backup of a database that others write meanwhile: a thread makes it, this side gives it out. */
export class LiveBackup {
  readonly #worker: Worker;
  readonly #guard: EndGuard;
  readonly #spool: SpoolFile;
  readonly #onClosed: () => void;
  /** Messages that nobody has looked at. Their number is bounded: `spooled` is not kept, and blocks come one by one. */
  readonly #messages: FromBackup[] = [];
  #spooled = 0;
  #failure: AerolithError | undefined;
  #wake: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  /** `spool` belongs to the backup. */
  constructor(setup: Omit<BackupSetup, 'spool' | 'guard'>, spool: SpoolFile, onClosed: () => void) {
    this.#spool = spool;
    this.#onClosed = onClosed;
    const guard = EndGuard.memory();
    this.#guard = new EndGuard(guard);
    const workerData: BackupSetup = { ...setup, spool: spool.descriptor, guard };
    this.#worker = new Worker(programUrl('backup-thread', import.meta.url), { workerData, ...workerArguments() });
    this.#worker.on('message', (message: FromBackup) => this.#receive(message));
    this.#worker.on('error', (error) =>
      this.#fail(new AerolithError('internal', `The thread of a backup stopped: ${error.message}`)),
    );
    this.#worker.on('exit', () => this.#fail(logClosed()));
  }

  /** Resolves when the snapshot is taken. Throws `invalid_position`, `storage_failed`, `storage_corrupt`; the backup is then closed. */
  async begun(): Promise<About> {
    try {
      const message = await this.#next();
      if (message.kind === 'begun') return message.about;
      throw unexpected(message);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** All bytes, in order. Closes the backup when it ends, in whatever way. */
  async *bytes(signal?: AbortSignal): AsyncGenerator<Buffer, void, void> {
    const stop = () => void this.close();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      if (signal?.aborted === true) return;
      yield* this.#beginning();
      yield* this.#blocks();
    } finally {
      signal?.removeEventListener('abort', stop);
      await this.close();
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  /** `beginning` comes after the last `spooled`, and is looked at when all of the spool was taken. */
  async *#beginning(): AsyncGenerator<Buffer, void, void> {
    let taken = 0;
    for (;;) {
      while (taken < this.#spooled) {
        this.#assertRuns();
        const piece = await this.#spool.read(taken, Math.min(PIECE_BYTES, this.#spooled - taken));
        if (piece.length === 0)
          throw new AerolithError('storage_failed', 'The file that a backup is kept in for a while was cut short.');
        taken += piece.length;
        yield piece;
      }
      const message = await this.#next(() => taken < this.#spooled);
      if (message === undefined) continue;
      if (message.kind !== 'beginning') throw unexpected(message);
      return;
    }
  }

  async *#blocks(): AsyncGenerator<Buffer, void, void> {
    for (;;) {
      this.#assertRuns();
      this.#worker.postMessage({ kind: 'next' } satisfies ToBackup);
      const message = await this.#next();
      if (message.kind === 'end') return;
      if (message.kind !== 'part') throw unexpected(message);
      yield Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength);
    }
  }

  #next(): Promise<FromBackup>;
  #next(orWhen: () => boolean): Promise<FromBackup | undefined>;
  async #next(orWhen?: () => boolean): Promise<FromBackup | undefined> {
    for (;;) {
      if (orWhen?.() === true) return undefined;
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      this.#assertRuns();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #receive(message: FromBackup): void {
    if (message.kind === 'failed') this.#failure ??= fromWire(message.error);
    else if (message.kind === 'spooled') this.#spooled = message.bytes;
    else this.#messages.push(message);
    this.#wake?.();
  }

  #fail(error: AerolithError): void {
    this.#failure ??= error;
    this.#wake?.();
  }

  #assertRuns(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #end(): Promise<void> {
    this.#fail(logClosed());
    this.#worker.removeAllListeners();
    // A fault that comes while it is being ended concerns nobody.
    this.#worker.on('error', () => undefined);
    await this.#guard.end(this.#worker);
    await this.#spool.close();
    this.#onClosed();
  }
}

function unexpected(message: FromBackup): Error {
  return new Error(`The thread of a backup said "${message.kind}" out of turn.`);
}
