import type { AerolithError, Block, Command, Head, Outcome } from '@aerolithdb/protocol';
import { HeightWaits } from './height-waits.ts';
import { logClosed, logFailure } from './log-failure.ts';
import type { OrderedLog } from './ordered-log.ts';
import type { StateMachine } from './state-machine.ts';
import { type Settle, type Settled, type WaitingCommand, WaitingCommands } from './waiting-commands.ts';

export type SingleLogOptions = {
  readonly machine: StateMachine;
  /** Milliseconds since 1970. It may jump back; block times do not. */
  readonly now: () => number;
  /** Runs a function soon, after what is waiting now has been taken in (`setImmediate`). */
  readonly schedule: (run: () => void) => void;
  readonly waitingCommandsMax: number;
  readonly waitingBytesMax: number;
  /** Told once when a flush has failed: the log applies nothing any more. */
  readonly onFailure?: (error: AerolithError) => void;
};

/** Blocks that may be applied and not yet durable: one is synced while the next is applied. More would only make blocks smaller. */
const BLOCKS_AHEAD = 2;

/** A block that the machine has taken and the disk may not yet have. */
type CommittedBlock = { readonly taken: readonly WaitingCommand[]; readonly outcomes: readonly Outcome[]; readonly head: Head };

/**
 * The order of a single node: group commit. Whatever waits when the machine is free becomes one block; while that block is being
 * synced the next one is applied, and one sync serves all blocks committed before it began.
 *
 * Invariants:
 * 1. A command is settled with an outcome only after a flush that began after the commit of its block has ended.
 * 2. Commands are applied in the order they were taken in; a block follows the head that was committed last.
 * 3. A block whose apply or commit failed left no trace, and none of its commands is applied later.
 * 4. After a flush that failed nothing is applied any more: what is on the disk is unknown until it is read again.
 */
export class SingleLog implements OrderedLog {
  readonly #options: SingleLogOptions;
  readonly #waiting: WaitingCommands;
  readonly #listeners = new Set<(head: Head) => void>();
  readonly #heightWaits = new HeightWaits();
  /** The last durable block. */
  #head: Head;
  /** Blocks to run before anything is taken from those waiting: what is left of a block that was split. */
  #split: WaitingCommand[][] = [];
  #scheduled = false;
  #committed: CommittedBlock[] = [];
  /** Blocks that the flush in progress will make durable; empty when there is none. */
  #flushing: readonly CommittedBlock[] = [];
  /** Set once stored bytes were found corrupt or a flush failed: nothing is written on top of that. */
  #failure: AerolithError | undefined;
  #closing: { readonly done: Promise<void>; readonly resolve: () => void } | undefined;

  constructor(options: SingleLogOptions) {
    this.#options = options;
    this.#waiting = new WaitingCommands(options.waitingCommandsMax, options.waitingBytesMax);
    this.#head = options.machine.head();
  }

  submit(command: Command): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.enqueue(command, (settled) => ('outcome' in settled ? resolve(settled.outcome) : reject(settled.error)));
    });
  }

  /** Submits commands in their order; they need not share a block. Never rejects: each has its own end. */
  submitMany(commands: readonly Command[]): Promise<Settled[]> {
    return Promise.all(commands.map((command) => new Promise<Settled>((resolve) => this.enqueue(command, resolve))));
  }

  /** `submit` without a promise. `settle` is called exactly once, possibly before this returns when the command is refused. */
  enqueue(command: Command, settle: Settle): void {
    const refusal = this.#refusal() ?? this.#waiting.add(command, settle);
    if (refusal === undefined) this.#scheduleRun();
    else settle({ error: refusal });
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

  close(): Promise<void> {
    if (this.#closing === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#closing = { done: promise, resolve };
      this.#scheduleRun();
    }
    return this.#closing.done;
  }

  #refusal(): AerolithError | undefined {
    return this.#closing === undefined ? this.#failure : logClosed();
  }

  #scheduleRun(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.schedule(() => this.#run());
  }

  #run(): void {
    this.#scheduled = false;
    if (this.#blocksAhead < BLOCKS_AHEAD) {
      const taken = this.#split.shift() ?? this.#waiting.takeBlock(this.#share());
      if (taken.length > 0) this.#runBlock(taken);
      this.#flush();
    }
    if (this.#hasWork && this.#blocksAhead < BLOCKS_AHEAD) this.#scheduleRun();
    else if (!this.#hasWork && this.#blocksAhead === 0) this.#finish();
  }

  /**
   * While nothing is being synced, half of what waits: the other half is applied while the first is synced. Callers that each wait
   * for an answer so stay in two groups that take turns with the disk.
   */
  #share(): number {
    return this.#blocksAhead === 0 ? Math.ceil(this.#waiting.count / 2) : this.#waiting.count;
  }

  get #hasWork(): boolean {
    return this.#split.length > 0 || this.#waiting.count > 0;
  }

  get #blocksAhead(): number {
    return this.#committed.length + this.#flushing.length;
  }

  #runBlock(taken: readonly WaitingCommand[]): void {
    try {
      if (this.#failure !== undefined) throw this.#failure;
      const outcomes = this.#options.machine.apply(this.#block(taken));
      if (outcomes.length !== taken.length) throw new Error(`${taken.length} commands gave ${outcomes.length} outcomes`);
      const head = this.#options.machine.commit();
      this.#committed.push({ taken, outcomes, head });
    } catch (thrown) {
      this.#fail(taken, logFailure(thrown));
    }
  }

  /** Begins to make durable what is committed, unless a flush is in progress: that one's end begins the next. */
  #flush(): void {
    if (this.#flushing.length > 0 || this.#committed.length === 0) return;
    this.#flushing = this.#committed;
    this.#committed = [];
    const ended = (failure?: unknown): void => {
      const blocks = this.#flushing;
      this.#flushing = [];
      if (failure === undefined) for (const block of blocks) this.#settle(block);
      else this.#abandon(blocks, logFailure(failure));
      this.#flush();
      this.#scheduleRun();
    };
    this.#options.machine.flush().then(() => ended(), ended);
  }

  #settle({ taken, outcomes, head }: CommittedBlock): void {
    this.#head = head;
    for (const [index, waiting] of taken.entries()) waiting.settle({ outcome: outcomes[index]! });
    for (const listener of this.#listeners) listener(head);
    this.#heightWaits.reached(head.height);
  }

  /** A flush failed: its blocks and those after them may or may not be found when the file is read again. */
  #abandon(blocks: readonly CommittedBlock[], error: AerolithError): void {
    this.#failure = error;
    const lost = [...blocks, ...this.#committed];
    this.#committed = [];
    for (const { taken } of lost) for (const waiting of taken) waiting.settle({ error });
    this.#heightWaits.fail(error);
    this.#options.onFailure?.(error);
  }

  #finish(): void {
    if (this.#closing === undefined) return;
    this.#heightWaits.fail(logClosed());
    this.#closing.resolve();
  }

  #block(taken: readonly WaitingCommand[]): Block {
    const head = this.#options.machine.head();
    return {
      height: head.height + 1,
      time: Math.max(this.#options.now(), head.time),
      previousHash: head.hash,
      commands: taken.map((waiting) => waiting.command),
    };
  }

  /** After a fault of the program each command runs alone, so that only the one that provokes it is refused. */
  #fail(taken: readonly WaitingCommand[], error: AerolithError): void {
    if (error.code === 'internal' && taken.length > 1) {
      this.#split.unshift(...taken.map((waiting) => [waiting]));
      return;
    }
    if (error.code === 'storage_corrupt') this.#failure = error;
    for (const waiting of taken) waiting.settle({ error });
  }
}
