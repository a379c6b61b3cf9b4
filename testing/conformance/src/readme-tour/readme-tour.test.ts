import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { cloneOfLinks } from './clone-of-links.ts';
import { looksLike, readTour } from './read-tour.ts';

const STEP_END = '@@@ end of step';
const PORT = 8080;

test('the tour of the README works as it is written', { timeout: 300_000 }, async (context) => {
  const folder = cloneOfLinks();
  const port = (await isFree(PORT)) ? PORT : await freePort();
  if (port !== PORT) context.diagnostic(`port ${PORT} is taken: the tour runs on ${port}`);
  const stop = await npmStart(folder, port);
  try {
    const steps = readTour(readFileSync(join(folder, 'README.md'), 'utf8'), 'Five minutes');
    assert.ok(steps.length >= 7, `the tour has ${steps.length} steps`);
    const outputs = await runAll(
      folder,
      steps.map(({ commands }) => commands.replaceAll(`:${PORT}`, `:${port}`)),
      port,
    );
    for (const [index, { commands, output }] of steps.entries()) {
      if (output === undefined) continue;
      assert.ok(looksLike(outputs[index]!, output), `${commands}\nshould print\n${output}\nand prints\n${outputs[index]}`);
    }
  } finally {
    await stop();
    rmSync(folder, { recursive: true });
  }
});

test('a tour that prints something else is noticed', () => {
  assert.ok(looksLike('{"count":12,"height":3}\n', '{"count":…,"height":…}'));
  assert.ok(!looksLike('{"count":12,"height":3,"more":1}', '{"count":…,"height":3}'));
  assert.ok(!looksLike('a\nb', 'a…b'));
});

/** Starts the server the way the page says and resolves when it printed its address. */
async function npmStart(folder: string, port: number): Promise<() => Promise<void>> {
  const flags = port === PORT ? [] : ['--', '--http', `127.0.0.1:${port}`];
  const child = spawn('npm', ['start', ...flags], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for await (const line of createInterface(child.stdout)) if (line.includes(`http://127.0.0.1:${port}`)) break;
  child.stdout.resume();
  return async () => {
    child.kill('SIGTERM');
    await exited;
  };
}

/** Runs the steps in one shell, as a reader would, and returns what each printed. */
function runAll(folder: string, steps: readonly string[], port: number): Promise<string[]> {
  const script = steps.map((commands) => `${commands}\necho '${STEP_END}'`).join('\n');
  const env = { ...process.env, AEROLITH_URL: `http://127.0.0.1:${port}` };
  return new Promise((resolve) => {
    execFile('bash', ['-c', `exec 2>&1\n${script}`], { cwd: folder, env }, (_error, stdout) =>
      resolve(stdout.split(`${STEP_END}\n`)),
    );
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
