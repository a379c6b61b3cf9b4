import type { Terminal } from '../terminal/terminal.ts';
import { assertGoesOn, type Load, type Measured, measure, type Operation } from './measure.ts';

/** One row of the table. */
export type Work = { readonly work: string } & Measured;

/** Runs one work after the other, each for its share of the time, and keeps what was measured. */
export class Bench {
  readonly signal: AbortSignal;
  readonly works: Work[] = [];
  readonly #terminal: Terminal;
  readonly #quiet: boolean;
  readonly #shareMs: number;
  readonly #expected: number;

  /** `expected`: how many works there will be; together they take `seconds`. */
  constructor(terminal: Terminal, quiet: boolean, seconds: number, expected: number, signal: AbortSignal) {
    this.#terminal = terminal;
    this.#quiet = quiet || !terminal.errIsTty;
    this.#shareMs = (seconds * 1000) / expected;
    this.#expected = expected;
    this.signal = signal;
  }

  /** Throws `interrupted`, and what the operation throws. */
  async run(work: string, load: Pick<Load, 'callers' | 'each' | 'times'>, operation: Operation): Promise<void> {
    assertGoesOn(this.signal);
    this.#show(`${this.works.length + 1} of ${this.#expected}: ${work}, ${load.callers} at a time`);
    const measured = await measure(operation, { ...load, ms: this.#shareMs, signal: this.signal });
    this.works.push({ work, ...measured });
  }

  /** Takes the line of progress away. */
  end(): void {
    this.#show('');
  }

  #show(line: string): void {
    if (!this.#quiet) this.#terminal.err(`\r\x1b[2K${line.slice(0, this.#terminal.columns - 1)}`);
  }
}
