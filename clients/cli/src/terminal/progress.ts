import { type ProgressState, progressLine } from './progress-line.ts';
import type { Terminal } from './terminal.ts';

const REDRAW_MS = 100;

/** A progress line on stderr that is redrawn in place. Silent when stderr is not a terminal or `quiet`. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #label: string;
  readonly #now: () => number;
  readonly #begun: number;
  readonly #on: boolean;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #drawn = false;

  /** `now` gives milliseconds of a clock that never goes back. */
  constructor(terminal: Terminal, label: string, quiet: boolean, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#label = label;
    this.#now = now;
    this.#begun = now();
    this.#on = terminal.errIsTty && !quiet;
  }

  get elapsedMs(): number {
    return this.#now() - this.#begun;
  }

  show(state: Omit<ProgressState, 'label' | 'elapsedMs'>): void {
    const now = this.#now();
    if (!this.#on || now - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = now;
    this.#drawn = true;
    const line = progressLine({ ...state, label: this.#label, elapsedMs: now - this.#begun }, this.#terminal.columns);
    this.#terminal.err(`\r\x1b[2K${line}`);
  }

  /** Takes the line away, so that what is printed next stands alone. */
  end(): void {
    if (this.#drawn) this.#terminal.err('\r\x1b[2K');
    this.#drawn = false;
  }
}
