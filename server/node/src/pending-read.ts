import { AerolithError, type ReadAnswer, type ReadRequest } from '@aerolithdb/protocol';

/** A read that waits or runs. It is settled once; ends that come later are of no account. */
export class PendingRead {
  readonly request: ReadRequest;
  /** Since when it waits for a thread, in milliseconds of `performance.now()`. */
  waitingSince: number;
  readonly #resolve: (answer: ReadAnswer) => void;
  readonly #reject: (error: Error) => void;
  #settled = false;

  constructor(request: ReadRequest, waitingSince: number, resolve: (answer: ReadAnswer) => void, reject: (error: Error) => void) {
    this.request = request;
    this.waitingSince = waitingSince;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  get isSettled(): boolean {
    return this.#settled;
  }

  resolve(answer: ReadAnswer): void {
    this.#settled = true;
    this.#resolve(answer);
  }

  reject(error: Error): void {
    this.#settled = true;
    this.#reject(error);
  }

  timeOut(timeoutMs: number): void {
    this.reject(
      new AerolithError(
        'timeout',
        `The ${this.request.kind} took longer than ${timeoutMs} ms. Narrow the filter, add an index, or raise the limit.`,
        { timeoutMs },
      ),
    );
  }
}
