import { fromWire } from '../wire-error.ts';
import type { CallEnd, FromDoor, ServiceCall } from './door-messages.ts';
import type { ServiceArguments, ServiceName, ServiceResult } from './door-services.ts';
import { TurnBatch } from './turn-batch.ts';

/** The services of the main thread, as called from a door thread. */
export class RemoteCalls {
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #outgoing: TurnBatch<ServiceCall>;
  #next = 0;

  constructor(post: (message: FromDoor) => void) {
    this.#outgoing = new TurnBatch((calls) => post({ kind: 'calls', calls }));
  }

  /** Rejects with what the service throws. */
  async call<N extends ServiceName>(name: N, ...args: ServiceArguments<N>): Promise<ServiceResult<N>> {
    const number = this.#next;
    this.#next += 1;
    const settled = Promise.withResolvers<unknown>();
    this.#pending.set(number, settled);
    this.#outgoing.add({ number, name, arguments: args });
    return (await settled.promise) as ServiceResult<N>;
  }

  /** To be called with what the main thread answers. */
  settle(ends: readonly CallEnd[]): void {
    for (const end of ends) {
      const settled = this.#pending.get(end.number);
      this.#pending.delete(end.number);
      if ('failed' in end) settled?.reject(fromWire(end.failed));
      else settled?.resolve(end.result);
    }
  }
}
