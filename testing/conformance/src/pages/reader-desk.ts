import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Desk } from './run-page.ts';
import { Terminal } from './terminal.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** An empty folder for a page. `dispose` ends what was started for it and removes it. */
export type PreparedDesk = Desk & { readonly dispose: () => Promise<void> };

/** A folder with nothing in it; on the path are `node` of this process and, in `bin`, what the page takes for granted. */
export async function emptyDesk(): Promise<PreparedDesk> {
  const home = mkdtempSync(join(tmpdir(), 'aerolith-page-'));
  const [folder, bin] = [join(home, 'desk'), join(home, 'bin')];
  mkdirSync(folder);
  mkdirSync(bin);
  const port = await freePort();
  const env = {
    ...process.env,
    PATH: [bin, dirname(process.execPath), process.env.PATH].join(delimiter),
    AEROLITH_HTTP: `127.0.0.1:${port}`,
    AEROLITH_URL: `http://127.0.0.1:${port}`,
    NO_COLOR: '1',
    NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/node'),
  };
  return { folder, env, port, dispose: async () => rmSync(home, { recursive: true, force: true }) };
}

/** A folder in which the packages are installed, as links to those of this clone; `aerolith` is a command. */
export async function deskWithPackages(): Promise<PreparedDesk> {
  const desk = await emptyDesk();
  const program = join(desk.folder, '../bin/aerolith');
  const main = join(ROOT, 'clients/cli/src/main.ts');
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  chmodSync(program, 0o755);
  symlinkSync(join(ROOT, 'node_modules'), join(desk.folder, 'node_modules'));
  writeFileSync(join(desk.folder, 'package.json'), '{"type":"module"}\n');
  return desk;
}

/** As a reader has it after the first hour: the packages are there, and a node runs in the folder. */
export async function deskWithNode(): Promise<PreparedDesk> {
  const desk = await deskWithPackages();
  const node = new Terminal('aerolith start', { cwd: desk.folder, env: desk.env });
  const dispose = async (): Promise<void> => {
    await node.interrupt();
    await desk.dispose();
  };
  try {
    await node.shows((output) => output.includes('Ctrl-C stops it.'), 60_000);
  } catch (error) {
    await dispose();
    throw error;
  }
  return { ...desk, dispose };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
