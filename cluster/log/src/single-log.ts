import type { AerolithError, Block, Command, Head, Outcome } from '@aerolithdb/protocol';
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
};

/**
 * The order of a single node: group commit. Whatever waits when the machine is free becomes one block, one apply, one commit.
 *
 * Invariants:
 * 1. A command is settled with an outcome only after the commit of its block returned.
 * 2. Commands are applied in the order they were taken in; a block follows the head that was committed last.
 * 3. A block that failed left no trace, and none of its commands is applied later.
 */
export class SingleLog implements OrderedLog {
  readonly #options: SingleLogOptions;
  readonly #waiting: WaitingCommands;
  readonly #listeners = new Set<(head: Head) => void>();
  /** Blocks to run before anything is taken from those waiting: what is left of a block that was split. */
  #split: WaitingCommand[][] = [];
  #scheduled = false;
  /** Set once stored bytes were found corrupt: nothing is written on top of them. */
  #corruption: AerolithError | undefined;
  #closing: { readonly done: Promise<void>; readonly resolve: () => void } | undefined;

  constructor(options: SingleLogOptions) {
    this.#options = options;
    this.#waiting = new WaitingCommands(options.waitingCommandsMax, options.waitingBytesMax);
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
    return this.#options.machine.head();
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
    return this.#closing === undefined ? this.#corruption : logClosed();
  }

  #scheduleRun(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.schedule(() => this.#run());
  }

  #run(): void {
    this.#scheduled = false;
    const taken = this.#split.shift() ?? this.#waiting.takeBlock();
    if (taken.length > 0) this.#runBlock(taken);
    if (this.#split.length > 0 || this.#waiting.count > 0) this.#scheduleRun();
    else this.#closing?.resolve();
  }

  #runBlock(taken: readonly WaitingCommand[]): void {
    let outcomes: Outcome[];
    let head: Head;
    try {
      if (this.#corruption !== undefined) throw this.#corruption;
      outcomes = this.#options.machine.apply(this.#block(taken));
      if (outcomes.length !== taken.length) throw new Error(`${taken.length} commands gave ${outcomes.length} outcomes`);
      head = this.#options.machine.commit();
    } catch (thrown) {
      this.#fail(taken, logFailure(thrown));
      return;
    }
    for (const [index, waiting] of taken.entries()) waiting.settle({ outcome: outcomes[index]! });
    for (const listener of this.#listeners) listener(head);
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
    if (error.code === 'storage_corrupt') this.#corruption = error;
    for (const waiting of taken) waiting.settle({ error });
  }
}
