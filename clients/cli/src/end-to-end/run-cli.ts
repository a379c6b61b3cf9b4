import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export type CliRun = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type CliOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** What stands on standard input, which then ends. */
  readonly input?: string;
  readonly cwd?: string;
};

/** Starts the program. Nothing of our own environment that begins with AEROLITH_ goes into it. */
export function spawnCli(args: readonly string[], { env = {}, cwd }: CliOptions = {}): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AEROLITH_|npm_|NODE_TEST)/.test(name));
  return spawn(process.execPath, [MAIN, ...args], {
    env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
}

/** Runs the program to its end. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const child = spawnCli(args, options);
  child.stdin?.end(options.input ?? '');
  return await finished(child);
}

/** What a program printed in all, when it has ended. */
export async function finished(child: ChildProcess): Promise<CliRun> {
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('The program was started without pipes.');
  const [out, err, code] = await Promise.all([text(stdout), text(stderr), ended]);
  return { code, stdout: out, stderr: err };
}
