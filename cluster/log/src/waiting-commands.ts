import { AerolithError, type Command, LIMITS, type Outcome } from '@aerolithdb/protocol';
import { weigh } from './command-weight.ts';

/** How a command ended: with its outcome, or with the error that kept it from being applied. */
export type Settled = { readonly outcome: Outcome } | { readonly error: AerolithError };
export type Settle = (settled: Settled) => void;

export type WaitingCommand = {
  readonly command: Command;
  readonly changes: number;
  readonly bytes: number;
  readonly settle: Settle;
};

/** Commands in their order, not yet in a block. */
export class WaitingCommands {
  readonly #commandsMax: number;
  readonly #bytesMax: number;
  #queue: WaitingCommand[] = [];
  /** Entries before this index are taken. */
  #first = 0;
  #bytes = 0;

  constructor(commandsMax: number, bytesMax: number) {
    this.#commandsMax = commandsMax;
    this.#bytesMax = bytesMax;
  }

  get count(): number {
    return this.#queue.length - this.#first;
  }

  /** Returns `overloaded` when there is no room. */
  add(command: Command, settle: Settle): AerolithError | undefined {
    const { changes, bytes } = weigh(command);
    if (this.count >= this.#commandsMax || (this.count > 0 && this.#bytes + bytes > this.#bytesMax))
      return overloaded(this.count);
    this.#bytes += bytes;
    this.#queue.push({ command, changes, bytes, settle });
    return undefined;
  }

  /** Takes what fits into one block and is not more than `most` commands, at least one command when there is one. */
  takeBlock(most = this.count): WaitingCommand[] {
    let changes = 0;
    let bytes = 0;
    let end = this.#first;
    for (const last = end + Math.max(1, most); end < this.#queue.length && end < last; end += 1) {
      const next = this.#queue[end]!;
      changes += next.changes;
      bytes += next.bytes;
      if (end > this.#first && (changes > LIMITS.changesPerBlock || bytes > LIMITS.blockBytes)) break;
      this.#bytes -= next.bytes;
    }
    return this.#cut(end);
  }

  #cut(end: number): WaitingCommand[] {
    const taken = this.#queue.slice(this.#first, end);
    this.#first = end;
    if (this.#first === this.#queue.length) {
      this.#queue = [];
      this.#first = 0;
    } else if (this.#first > 4096) {
      this.#queue = this.#queue.slice(this.#first);
      this.#first = 0;
    }
    return taken;
  }
}

export function overloaded(waiting: number): AerolithError {
  return new AerolithError('overloaded', `${waiting} commands are waiting for the log; send fewer at a time or try again.`, {
    waiting,
  });
}
