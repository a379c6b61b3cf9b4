import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDataFolder } from './data-folder.ts';
import { openDatabase } from './open-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

const HOLD = `
import { openDataFolder } from ${JSON.stringify(new URL('./data-folder.ts', import.meta.url).href)};
openDataFolder(process.argv[1]);
process.stdout.write('held');
setInterval(() => {}, 1000);
`;

async function holder(folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout!, 'data');
  return child;
}

test('a folder is made, for its owner only', () => {
  using parent = temporaryFolder();
  const path = join(parent.path, 'a', 'b');
  const folder = openDataFolder(path);
  assert.equal(statSync(path).mode & 0o777, 0o700);
  folder.release();
});

test('a folder in use is refused and names the process', () => {
  using folder = temporaryFolder();
  const first = openDataFolder(folder.path);
  const message = new RegExp(`Process ${process.pid} uses the data folder .*--data`);
  assert.throws(() => openDataFolder(folder.path), { code: 'data_in_use', message });
  first.release();
  openDataFolder(folder.path).release();
});

test('another process keeps us out until it is killed', async () => {
  using folder = temporaryFolder();
  const child = await holder(folder.path);
  assert.throws(() => openDataFolder(folder.path), { code: 'data_in_use', message: new RegExp(`^Process ${child.pid} uses`) });
  child.kill('SIGKILL');
  await once(child, 'exit');
  openDataFolder(folder.path).release();
});

test('a folder that is not ours is refused and left as it is', () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'holiday.jpg'), 'x');
  assert.throws(() => openDataFolder(folder.path), {
    code: 'data_foreign',
    message: /holds "holiday.jpg" and no aerolith.db. Choose/,
  });
  assert.deepEqual(readdirSync(folder.path), ['holiday.jpg']);
});

test('a folder that cannot be made is refused with one sentence', { skip: !existsSync('/proc/self') }, () => {
  for (const path of ['/proc/aerolith', '/proc/aerolith/a/b']) {
    assert.throws(() => openDataFolder(path), {
      code: 'storage_failed',
      message: `${path} cannot be used (ENOENT). Choose a folder that may be made and written to.`,
    });
  }
});

test('a file is no folder', () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'file');
  writeFileSync(file, 'x');
  assert.throws(() => openDataFolder(file), { code: 'data_foreign', message: /is a file, not a folder/ });
  assert.throws(() => openDataFolder(join(file, 'below')), { code: 'data_foreign' });
});

test('a data file that is not ours is refused and left as it is', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'aerolith.db');
  writeFileSync(file, 'SQLite format 3\0 and so on, but not ours');
  const before = readFileSync(file);
  await assert.rejects(openDatabase(folder.path), {
    code: 'data_foreign',
    message: /is not a file of AerolithDB. Choose another/,
  });
  assert.deepEqual(readFileSync(file), before);
  assert.equal(existsSync(`${file}-wal`), false);
  openDataFolder(folder.path).release();
});

test('what a first start that was cut off left is no obstacle', async () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, 'admin.key.new'), 'half');
  mkdirSync(join(folder.path, 'lost+found'));
  await using running = await openDatabase(folder.path);
  assert.equal(running.database.head().height, 0);
});
