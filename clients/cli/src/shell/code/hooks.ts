import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long code may run on until keys are looked at. */
const TURN_MS = 50;

/** What rewritten code calls. It ends the code when the signal is aborted: at its next call, its next turn of a loop, or at once when it waits. */
export class Hooks {
  /** The names that live from one input to the next. */
  readonly scope: object;
  readonly #signal: AbortSignal;
  #turnAt = performance.now();

  constructor(scope: object, signal: AbortSignal) {
    this.scope = scope;
    this.#signal = signal;
  }

  /** To be awaited: gives the value, of a promise that which it holds. Throws the reason of the signal. */
  settle(value?: unknown): unknown {
    this.#signal.throwIfAborted();
    if (isThenable(value)) return this.#orAborted(value);
    const now = performance.now();
    if (now - this.#turnAt < TURN_MS) return value;
    this.#turnAt = now;
    return nextTurn(value);
  }

  #orAborted(promise: PromiseLike<unknown>): Promise<unknown> {
    const signal = this.#signal;
    return new Promise((resolve, reject) => {
      const onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      const done = () => signal.removeEventListener('abort', onAbort);
      promise.then(resolve, reject);
      promise.then(done, done);
    });
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false;
  return 'then' in value && typeof value.then === 'function';
}
