import { type ChildProcess, spawn } from 'node:child_process';
import type { Environment } from '../../program/context.ts';

/** Options of `less` when the user has none: keeps colours, ends by itself when all fits, leaves the text on the screen. */
const LESS = 'FRX';
/** With these a shell says that a program cannot be run. */
const NOT_RUN: readonly (number | null)[] = [126, 127];

/** Shows what is longer than the terminal a screen at a time, by the program of the user: `$AEROLITH_PAGER`, `$PAGER`, or `less`. */
export class Pager {
  isOn = true;
  readonly command: string;
  readonly #env: Environment;
  readonly #rows: () => number | undefined;
  #isShowing = false;

  /** `rows`: lines that the terminal has now; undefined when there is none. An empty variable means no pager. */
  constructor(env: Environment, rows: () => number | undefined) {
    this.command = (env.AEROLITH_PAGER ?? env.PAGER ?? (process.platform === 'win32' ? 'more' : 'less')).trim();
    this.#env = env;
    this.#rows = rows;
  }

  /** Whether it has the terminal: then keys are its own. */
  get isShowing(): boolean {
    return this.#isShowing;
  }

  /** Whether a text is for it. A line that the terminal wraps counts once. */
  takes(text: string): boolean {
    const rows = this.#rows();
    return this.isOn && this.command !== '' && rows !== undefined && text.split('\n').length >= rows;
  }

  /** Whether it showed the text; resolves when the user has left it. A program that cannot be run is not asked again. */
  async show(text: string): Promise<boolean> {
    const env = { ...this.#env, LESS: this.#env.LESS ?? LESS };
    this.#isShowing = true;
    try {
      const code = await ended(spawn(this.command, { shell: true, env, stdio: ['pipe', 'inherit', 'inherit'] }), `${text}\n`);
      if (NOT_RUN.includes(code)) this.isOn = false;
      return this.isOn;
    } finally {
      this.#isShowing = false;
    }
  }
}

function ended(child: ChildProcess, text: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
    // Who leaves before the end closes the pipe.
    child.stdin?.once('error', () => child.stdin?.destroy());
    child.stdin?.end(text);
  });
}
