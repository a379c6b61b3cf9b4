import { createHash } from 'node:crypto';
import { AerolithError, type Block, type Command, type ErrorCode, type Head, type Outcome, position } from '@aerolithdb/protocol';
import type { DurableBlock, MachineStep } from './conformance.ts';
import type { StateMachine } from './state-machine.ts';

/** A state machine for tests of logs: it refuses what its script says and fails when it is told to. Its disk is an array. */
export class ScriptedMachine implements StateMachine {
  readonly durable: DurableBlock[] = [];
  /** Committed, and lost if everything in memory were lost now. */
  #committed: DurableBlock[] = [];
  readonly #refuses: (command: Command) => boolean;
  #applied: DurableBlock | undefined;
  #failure: { step: MachineStep; thrown: Error } | undefined;

  constructor(refuses: (command: Command) => boolean) {
    this.#refuses = refuses;
  }

  failNext(step: MachineStep, code: ErrorCode): void {
    this.#failure = { step, thrown: new AerolithError(code, `planted ${code}`) };
  }

  head(): Head {
    const last = this.#committed.at(-1) ?? this.durable.at(-1);
    return last === undefined
      ? { height: 0, hash: '0'.repeat(64), time: 0 }
      : { height: last.height, hash: last.hash, time: last.time };
  }

  apply(block: Block): Outcome[] {
    this.#failAt('apply');
    const head = this.head();
    if (block.height !== head.height + 1 || block.previousHash !== head.hash)
      throw new Error('the block does not follow the head');
    const outcomes = block.commands.map((command, index) => this.#outcome(block, command, index));
    const commandIds = block.commands.map((command) => command.id);
    const { height, time, previousHash } = block;
    const hash = createHash('sha256').update(JSON.stringify({ height, time, previousHash, commandIds })).digest('hex');
    this.#applied = { height, time, previousHash, hash, commandIds };
    return outcomes;
  }

  commit(): Head {
    const applied = this.#applied;
    this.#applied = undefined;
    this.#failAt('commit');
    if (applied === undefined) throw new Error('nothing is applied');
    this.#committed.push(applied);
    return this.head();
  }

  async flush(): Promise<void> {
    const committed = this.#committed.length;
    await new Promise(setImmediate);
    this.#failAt('flush');
    this.durable.push(...this.#committed.splice(0, committed));
  }

  #outcome(block: Block, command: Command, index: number): Outcome {
    if (this.#refuses(command)) return { ok: false, error: { code: 'duplicate_id', message: 'refused by the script' } };
    const at = position(block.height, index);
    return {
      ok: true,
      receipt: { height: block.height, position: at, commandId: command.id, version: at, time: block.time },
      result: {},
    };
  }

  #failAt(step: MachineStep): void {
    if (this.#failure?.step !== step) return;
    const { thrown } = this.#failure;
    this.#failure = undefined;
    throw thrown;
  }
}
