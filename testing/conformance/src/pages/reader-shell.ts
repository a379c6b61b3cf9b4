import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** What one step printed, errors included, how its last command ended, and the folder the reader is in after it. */
export type StepResult = { readonly output: string; readonly code: number; readonly folder: string };

const END = '@@@ end of step';

/** The terminal the reader types into: one bash, so that variables, functions and the folder stay from step to step. */
export class ReaderShell {
  readonly #child: ChildProcess;
  #output = '';
  #waiting: (() => void) | undefined;

  constructor({ cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) {
    this.#child = spawn('bash', ['--noprofile', '--norc'], { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
      this.#waiting?.();
    });
    this.#child.once('close', () => {
      this.#output += `${END} 1 \n`;
      this.#waiting?.();
    });
    this.#child.stdin?.write('exec 2>&1\n');
  }

  /** Runs commands as one step. They read nothing from the terminal. */
  async run(commands: string): Promise<StepResult> {
    const step = Buffer.from(commands).toString('base64');
    this.#child.stdin?.write(`. <(printf %s '${step}' | base64 -d) </dev/null\nprintf '\\n%s %s %s\\n' '${END}' "$?" "$PWD"\n`);
    const end = new RegExp(`\\n?${END} (\\d+) (.*)\\n$`);
    for (;;) {
      const found = end.exec(this.#output);
      if (found !== null) {
        const output = this.#output.slice(0, found.index);
        this.#output = '';
        return { output, code: Number(found[1]), folder: found[2]! };
      }
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  async close(): Promise<void> {
    const closed = once(this.#child, 'close');
    this.#child.stdin?.end();
    await closed;
  }
}
