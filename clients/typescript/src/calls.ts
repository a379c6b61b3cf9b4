import { AerolithError } from '@aerolithdb/protocol';
import type { Ending } from './transport/transport.ts';

/** What every call takes. */
export type CallOptions = {
  /** Ends the call; it then throws the reason of the signal. A write that was sent may still have been applied. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call with all that is tried again; then it throws `timeout`. */
  readonly timeoutMs?: number | undefined;
};

/** The names of `CallOptions`. */
export const CALL_OPTIONS = ['signal', 'timeoutMs'] as const;

/** Whether a call was ended. Its signal is made when someone asks for it: a call into the same process needs none. */
export class CallEnding implements Ending {
  #controller: AbortController | undefined;
  #reason: { readonly because: unknown } | undefined;

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason.because);
    }
    return this.#controller.signal;
  }

  abort(because: unknown): void {
    this.#reason ??= { because };
    this.#controller?.abort(because);
  }
}

/** The calls in progress of one database, each with its limit, all of which end when it is closed. */
export class Calls {
  readonly #timeoutMs: number;
  readonly #running = new Set<(reason: unknown) => void>();
  #closed = false;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Does the work, which can be ended. Throws what the work throws, `timeout`, `log_closed`, or the reason of the signal. */
  run<T>({ signal: given, timeoutMs = this.#timeoutMs }: CallOptions, work: (ending: Ending) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#closed) return reject(closed());
      if (given?.aborted === true) return reject(given.reason);
      const ending = new CallEnding();
      const end = (reason: unknown): void => {
        reject(reason);
        ending.abort(reason);
      };
      const onAbort = (): void => end(given?.reason);
      const timer = setTimeout(() => end(tooLate(timeoutMs)), timeoutMs);
      given?.addEventListener('abort', onAbort, { once: true });
      this.#running.add(end);
      const done = (): void => {
        clearTimeout(timer);
        given?.removeEventListener('abort', onAbort);
        this.#running.delete(end);
      };
      work(ending).then(
        (result) => {
          done();
          resolve(result);
        },
        (error: unknown) => {
          done();
          reject(error);
        },
      );
    });
  }

  /** A signal for work without a limit of time, and the function that says it is over. Throws `log_closed`. */
  open(given: AbortSignal | undefined): { readonly signal: AbortSignal; readonly end: () => void } {
    if (this.#closed) throw closed();
    const controller = new AbortController();
    const abort = (reason: unknown): void => controller.abort(reason);
    const onAbort = (): void => abort(given?.reason);
    if (given?.aborted === true) onAbort();
    given?.addEventListener('abort', onAbort, { once: true });
    this.#running.add(abort);
    const end = (): void => {
      given?.removeEventListener('abort', onAbort);
      this.#running.delete(abort);
      controller.abort();
    };
    return { signal: controller.signal, end };
  }

  /** Ends what is in progress; later calls are refused. */
  close(): void {
    this.#closed = true;
    for (const end of this.#running) end(closed());
  }
}

function tooLate(ms: number): AerolithError {
  const message = `The call took longer than ${ms} ms. Give it more with timeoutMs; a write may still have been applied.`;
  return new AerolithError('timeout', message, { timeoutMs: ms });
}

function closed(): AerolithError {
  return new AerolithError('log_closed', 'This database was closed by close(); open another one.');
}
