import type { CliError } from '../../program/cli-error.ts';
import { failure, interrupted } from '../failure.ts';
import type { Session } from '../session.ts';

/** Runs one thing at a time, which Ctrl-C can end. */
export class Runner {
  readonly #session: Session;
  #running: AbortController | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Ends what runs; false when nothing does. */
  stop(): boolean {
    if (this.#running === undefined) return false;
    this.#running.abort(interrupted(this.#session.transport.isWriting));
    return true;
  }

  /** The text that the work gives, or that of its failure. `code`: what was typed. */
  async run(work: (signal: AbortSignal) => Promise<string>, code = ''): Promise<string> {
    const controller = new AbortController();
    this.#running = controller;
    this.#session.transport.stopBy(controller.signal);
    try {
      return await orStopped(work(controller.signal), controller.signal);
    } catch (thrown) {
      return this.#failed(controller.signal.aborted ? failure(controller.signal.reason) : failure(thrown, code));
    } finally {
      this.#running = undefined;
    }
  }

  #failed({ code, message }: CliError): string {
    const { terminal } = this.#session.context;
    if (code === 'interrupted') return terminal.style('yellow', message);
    return `${terminal.style('red', `error[${code}]:`)} ${message}`;
  }
}

/** What ends by itself after the signal has so long, to say how far it came. Then it is no longer waited for. */
const GRACE_MS = 2_000;

function orStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => {
      timer = setTimeout(() => reject(signal.reason), GRACE_MS);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    });
  });
}
