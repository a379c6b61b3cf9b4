import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export type ProgramRun = {
  readonly command: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where its output goes; nowhere when absent. */
  readonly outputFile?: string;
};

/** Seconds from the start of a program to its end, its own start included. Throws when it fails. */
export async function secondsOf({ command, argv, env = {}, outputFile }: ProgramRun): Promise<number> {
  const output = outputFile === undefined ? 'ignore' : openSync(outputFile, 'w');
  const start = performance.now();
  try {
    const child = spawn(command, argv, { env: { ...process.env, ...env }, stdio: ['ignore', output, 'inherit'] });
    const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('exit', resolve));
    if (code !== 0) throw new Error(`${command} ${argv.join(' ')} ended with ${code}`);
    return (performance.now() - start) / 1000;
  } finally {
    if (typeof output === 'number') closeSync(output);
  }
}
