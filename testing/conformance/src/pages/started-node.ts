import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { cloneOfLinks } from './clone-of-links.ts';
import { PAGE_PORT } from './run-steps.ts';

export type StartedNode = { readonly folder: string; readonly port: number } & AsyncDisposable;

/** `npm start` in a clone of links, on the port of the pages or, where that is taken, on another. */
export async function startNode(): Promise<StartedNode> {
  const folder = cloneOfLinks();
  const port = (await isFree(PAGE_PORT)) ? PAGE_PORT : await freePort();
  const flags = port === PAGE_PORT ? [] : ['--', '--http', `127.0.0.1:${port}`];
  const child = spawn('npm', ['start', ...flags], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await printed(child.stdout, `http://127.0.0.1:${port}`);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true });
  };
  return { folder, port, [Symbol.asyncDispose]: stop };
}

function printed(output: NodeJS.ReadableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const lines = createInterface(output);
    lines.on('line', (line) => line.includes(text) && resolve());
    lines.once('close', () => reject(new Error(`The node ended before it printed ${text}.`)));
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
