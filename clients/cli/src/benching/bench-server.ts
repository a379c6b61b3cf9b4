import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { CliError, EXIT } from '../program/cli-error.ts';
import { assertGoesOn } from './measure.ts';

export type BenchServer = { readonly url: string; readonly token: string } & AsyncDisposable;

/** This program once more, as `aerolith start` on a free port. Throws `bench_failed` when it does not start. */
export async function startServer(folder: string, signal: AbortSignal): Promise<BenchServer> {
  const program = [...process.execArgv, process.argv[1] ?? ''];
  const child = spawn(process.execPath, [...program, 'start', '--json', '--data', folder, '--http', '127.0.0.1:0'], {
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AEROLITH_'))),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    process.off('exit', killAtExit);
  };
  try {
    const { http, token } = await startBlock(child, ended);
    return { url: http, token, [Symbol.asyncDispose]: stop };
  } catch (thrown) {
    await stop();
    assertGoesOn(signal);
    throw thrown;
  }
}

async function startBlock({ stdout, stderr }: ChildProcess, ended: Promise<void>): Promise<{ http: string; token: string }> {
  if (stdout === null || stderr === null) throw new Error('The server was started without pipes.');
  const errors = text(stderr);
  const line = await Promise.race([
    new Promise<string>((resolve) => createInterface(stdout).once('line', resolve)),
    ended.then(() => undefined),
  ]);
  const block: unknown = line === undefined ? undefined : JSON.parse(line);
  if (typeof block === 'object' && block !== null && 'http' in block && 'token' in block) {
    return { http: String(block.http), token: String(block.token) };
  }
  throw new CliError('bench_failed', `The server of the benchmark did not start: ${(await errors).trim()}`, EXIT.other);
}
