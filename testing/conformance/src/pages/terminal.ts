import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A further terminal: one command that goes on until it ends by itself or by Ctrl-C. */
export class Terminal {
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  #output = '';
  #ended = false;

  constructor(commands: string, { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
    // A process group of its own, as a terminal gives it: Ctrl-C reaches all of it.
    const argv = ['-c', `exec 2>&1 </dev/null\n${commands}`];
    this.#child = spawn('bash', argv, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
    });
    this.#closed = once(this.#child, 'close').then(() => {
      this.#ended = true;
    });
  }

  /** Waits until what it printed since the last time is accepted, and takes that away; rejects with what it printed after `ms`. */
  async shows(accept: (output: string) => boolean, ms: number): Promise<string> {
    const deadline = Date.now() + ms;
    while (!accept(this.#output)) {
      if (this.#ended || Date.now() > deadline) throw new Error(this.#output);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const shown = this.#output;
    this.#output = '';
    return shown;
  }

  /** Ctrl-C, and waits for the end of all that ran in it. */
  async interrupt(): Promise<void> {
    if (!this.#ended) this.#signal('SIGINT');
    await this.#closed;
    this.#output = '';
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
