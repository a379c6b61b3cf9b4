import { execFile, spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const LOOK_MS = 100;
const PATIENCE_MS = 60_000;
const PRESS_MS = 500;
const PRESSES_MAX = 20;

/** Whether there is tmux on this machine. */
export function hasTmux(): boolean {
  return spawnSync('tmux', ['-V']).status === 0;
}

/** A real terminal in which a program runs: tmux with a server of its own. */
export class TerminalScreen implements AsyncDisposable {
  readonly #server: string;

  private constructor(server: string) {
    this.#server = server;
  }

  /** Opens a terminal of 160 columns and 40 lines. `command` is for a POSIX shell; when it has ended, the screen stays. */
  static async open(command: string, env: Readonly<Record<string, string>>): Promise<TerminalScreen> {
    const screen = new TerminalScreen(`aerolith-${process.pid}-${Math.floor(performance.now())}`);
    const settings = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    await screen.#tmux('-f', '/dev/null', 'new-session', '-d', '-x', '160', '-y', '40', ...settings, `${command}; sleep 600`);
    return screen;
  }

  /** Types text. Tab and other keys come after it alone, as from a hand: what comes in one piece is taken for pasted. */
  async type(text: string): Promise<void> {
    await this.#tmux('send-keys', '-l', text);
    await this.shows(text.slice(-12));
  }

  /** Presses a key by its name in tmux: `Enter`, `Tab`, `C-c`. */
  async press(key: string): Promise<void> {
    await this.#tmux('send-keys', key);
  }

  /** Presses a key now and then until the screen shows this: presses that come in one piece are taken for pasted. */
  async pressUntil(key: string, expected: RegExp): Promise<void> {
    for (let presses = 0; presses < PRESSES_MAX; presses++) {
      await this.press(key);
      await delay(PRESS_MS);
      if (expected.test(await this.text())) return;
    }
    await this.shows(expected);
  }

  async enter(text: string): Promise<void> {
    await this.type(text);
    await this.press('Enter');
  }

  /** Presses Ctrl-L, which leaves the line alone. */
  async clear(): Promise<void> {
    await this.press('C-l');
    await this.shows(/^\S*> *\n*$/);
  }

  /** Waits until the screen shows this; gives what it shows. Fails with the screen when it never does. */
  async shows(expected: string | RegExp): Promise<string> {
    for (const begun = performance.now(); ; await delay(LOOK_MS)) {
      const text = await this.text();
      if (typeof expected === 'string' ? text.replaceAll('\n', '').includes(expected) : expected.test(text)) return text;
      if (performance.now() - begun > PATIENCE_MS) throw new Error(`The screen does not show ${expected}:\n${text}`);
    }
  }

  /** What is on the screen; `styled` with its escape sequences. */
  async text(styled = false): Promise<string> {
    const { stdout } = await this.#tmux('capture-pane', '-p', ...(styled ? ['-e'] : []));
    return stdout.trimEnd();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tmux('kill-server');
  }

  #tmux(...args: readonly string[]) {
    return run('tmux', ['-L', this.#server, ...args]);
  }
}
