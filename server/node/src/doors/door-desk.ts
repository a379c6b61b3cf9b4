import type { OrderedLog } from '@aerolithdb/log';
import type { Outcome } from '@aerolithdb/protocol';
import { packEnds, unpackCommands, type WireEnd } from '../command-packing.ts';
import { toWire } from '../wire-error.ts';
import type { CallEnd, FromDoor, ServiceCall, ToDoor } from './door-messages.ts';
import type { DoorServices } from './door-services.ts';
import { TurnBatch } from './turn-batch.ts';

/** The main thread's side of one door thread: puts its commands into the log, does its calls, and answers both. */
export class DoorDesk {
  readonly #log: OrderedLog;
  readonly #services: DoorServices;
  readonly #ends: TurnBatch<readonly [number: number, end: WireEnd]>;
  readonly #results: TurnBatch<CallEnd>;

  constructor(log: OrderedLog, services: DoorServices, post: (message: ToDoor) => void) {
    this.#log = log;
    this.#services = services;
    this.#ends = new TurnBatch((ended) =>
      post({ kind: 'ends', numbers: ended.map(([number]) => number), ends: packEnds(ended.map(([, end]) => end)) }),
    );
    this.#results = new TurnBatch((results) => post({ kind: 'results', results }));
    // A height that is never reached: it is told when the log fails.
    log.reached(Number.MAX_SAFE_INTEGER).catch((error: unknown) => post({ kind: 'logFailed', error: toWire(error) }));
  }

  submit({ first, commands }: Extract<FromDoor, { kind: 'commands' }>): void {
    for (const [index, command] of unpackCommands(commands).entries()) {
      const number = first + index;
      this.#log.submit(command).then(
        (outcome: Outcome) => this.#ends.add([number, outcome]),
        (thrown: unknown) => this.#ends.add([number, { failed: toWire(thrown) }]),
      );
    }
  }

  call(calls: readonly ServiceCall[]): void {
    for (const call of calls) void this.#answer(call);
  }

  async #answer({ number, name, arguments: args }: ServiceCall): Promise<void> {
    try {
      const service = this.#services[name] as (...args: readonly unknown[]) => Promise<unknown>;
      this.#results.add({ number, result: await service(...args) });
    } catch (thrown) {
      this.#results.add({ number, failed: toWire(thrown) });
    }
  }
}
