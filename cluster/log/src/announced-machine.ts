import type { AerolithError, Block, Command, Head, Outcome } from '@aerolithdb/protocol';
import type { StateMachine } from './state-machine.ts';

/**
 * A machine whose blocks another thread makes durable: each is announced as soon as it is committed, and `flush` waits until that thread
 * has said that it is on the disk.
 */
export class AnnouncedMachine implements StateMachine {
  readonly #machine: Pick<StateMachine, 'head' | 'apply' | 'commit'>;
  readonly #announce: (commands: readonly Command[], outcomes: readonly Outcome[], head: Head) => void;
  #applied: { readonly commands: readonly Command[]; readonly outcomes: readonly Outcome[] } | undefined;
  #durable: number;
  #failure: AerolithError | undefined;
  #waits: { readonly height: number; readonly resolve: () => void; readonly reject: (error: AerolithError) => void }[] = [];

  constructor(
    machine: Pick<StateMachine, 'head' | 'apply' | 'commit'>,
    announce: (commands: readonly Command[], outcomes: readonly Outcome[], head: Head) => void,
  ) {
    this.#machine = machine;
    this.#announce = announce;
    this.#durable = machine.head().height;
  }

  head(): Head {
    return this.#machine.head();
  }

  apply(block: Block): Outcome[] {
    const outcomes = this.#machine.apply(block);
    this.#applied = { commands: block.commands, outcomes };
    return outcomes;
  }

  commit(): Head {
    const head = this.#machine.commit();
    const { commands, outcomes } = this.#applied!;
    this.#announce(commands, outcomes, head);
    return head;
  }

  flush(): Promise<void> {
    const { height } = this.#machine.head();
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (height <= this.#durable) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waits.push({ height, resolve, reject });
    });
  }

  /** The other thread: everything up to this height is on the disk. */
  durable(height: number): void {
    this.#durable = height;
    const waits = this.#waits;
    this.#waits = waits.filter((wait) => wait.height > height);
    for (const wait of waits) if (wait.height <= height) wait.resolve();
  }

  /** The other thread: a sync failed. */
  failed(error: AerolithError): void {
    this.#failure = error;
    for (const { reject } of this.#waits) reject(error);
    this.#waits = [];
  }
}
