import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type HttpLoad = {
  readonly url: string;
  readonly connections: number;
  readonly durationMs: number;
  /** Lua for wrk: a `request` function that returns the next request. */
  readonly script: string;
  readonly folder: string;
};

/** Requests per second that wrk gets answered. Throws when wrk is missing or an answer is not 2xx. */
export async function httpLoad({ url, connections, durationMs, script, folder }: HttpLoad): Promise<number> {
  const file = join(folder, 'load.lua');
  writeFileSync(file, script);
  const seconds = Math.max(1, Math.round(durationMs / 1000));
  const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', file, url]).catch(
    (error: Error & { code?: string }) => {
      throw error.code === 'ENOENT' ? new Error('wrk is not installed: install the package wrk to measure HTTP') : error;
    },
  );
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`wrk saw failures:\n${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}
