import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type ChildServer = { readonly url: string; readonly pid: number; stop(): Promise<void> };

/** Starts a program that prints its URL somewhere in its first lines, in a process of its own. */
export async function startChild(file: URL, argv: readonly string[] = []): Promise<ChildServer> {
  const child = spawn(process.execPath, [...process.execArgv, '--disable-warning=ExperimentalWarning', file.pathname, ...argv], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`${file.pathname} ended with ${code} before it printed a URL`)));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
  };
  return { url, pid: child.pid!, stop };
}
