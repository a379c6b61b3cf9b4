import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { planting } from '../planted/planting.ts';
import { within } from '../time-limit.ts';

const program = fileURLToPath(new URL('../../../../clients/cli/src/main.ts', import.meta.url));

/** To print the URL; it takes about a second. */
const START_MS = 60_000;
/** To end after a signal. */
const EXIT_MS = 30_000;

/** A node in a process of its own, over HTTP on loopback. It is killed when it does not end within its limit. */
export type Server = {
  readonly url: string;
  readonly token: string;
  kill(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts it and resolves when it printed its URL. `plant` names a planted bug. */
export async function startServer(data: string, plant?: string): Promise<Server> {
  const { argv, env } = planting(plant);
  const child = spawn(
    process.execPath,
    [...argv, program, 'start', '--data', data, '--http', '127.0.0.1:0', '--http-threads', '2'],
    {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    try {
      child.kill(signal);
      await within(EXIT_MS, `The end of the node after ${signal}`, exited);
    } finally {
      child.kill('SIGKILL');
    }
  };
  try {
    const url = await printedUrl(child);
    const token = readFileSync(join(data, 'admin.key'), 'utf8').trim();
    return { url, token, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

function printedUrl(child: ChildProcess): Promise<string> {
  let complaint = '';
  child.stderr!.on('data', (part: Buffer) => {
    complaint += part.toString();
  });
  const printed = new Promise<string>((resolve, reject) => {
    createInterface(child.stdout!).on('line', (line) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (url) resolve(url);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`The node ended (${signal ?? code}) before it was ready.\n${complaint}`)),
    );
  });
  return within(START_MS, 'The URL of the node', printed, () => complaint);
}
