import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../../clients/cli/src/main.ts', import.meta.url));
const planter = new URL('../planted/plant.ts', import.meta.url).href;

/** A node in a process of its own, over HTTP on loopback. */
export type Server = { readonly url: string; readonly token: string; kill(): Promise<void>; stop(): Promise<void> };

/** Starts it and resolves when it printed its URL. `plant` names a planted bug. */
export async function startServer(data: string, plant?: string): Promise<Server> {
  const preload = plant === undefined ? [] : ['--import', planter];
  const env = plant === undefined ? process.env : { ...process.env, AEROLITH_PLANT: plant };
  const argv = [...preload, program, 'start', '--data', data, '--http', '127.0.0.1:0'];
  const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await printedUrl(child);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  const token = readFileSync(join(data, 'admin.key'), 'utf8').trim();
  return { url, token, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

function printedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    child.stderr!.on('data', (part: Buffer) => {
      complaint += part.toString();
    });
    createInterface(child.stdout!).on('line', (line) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (url) resolve(url);
    });
    child.once('exit', (code, signal) =>
      reject(new Error(`The node ended (${signal ?? code}) before it was ready.\n${complaint}`)),
    );
  });
}
