import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { open } from './index.ts';

test('what was written is there when the folder is opened again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-embedded-'));
  try {
    {
      await using db = await open(join(folder, 'data'));
      await db.createCollection('notes');
      await db.collection('notes').insertOne({ _id: 1 });
    }
    await using again = await open(join(folder, 'data'));
    assert.deepEqual(await again.collection('notes').find().toArray(), [{ _id: 1 }]);
    assert.equal(String(again), `EmbeddedDatabase(${join(folder, 'data')})`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a second process on the same folder is refused with a sentence', async () => {
  await using db = await open(':memory:');
  const program = `import { open } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
    await open(${JSON.stringify(db.folder)}).then(() => console.log('opened'), ({ code, message }) => console.log(code, message));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  assert.match(stdout, new RegExp(`^data_in_use Process ${process.pid} uses the data folder `));
  await assert.rejects(open(db.folder), { code: 'data_in_use' });
});

test('":memory:" is a folder of its own that goes when it is closed', async () => {
  const [one, two] = [await open(':memory:'), await open(':memory:')];
  assert.notEqual(one.folder, two.folder);
  assert.ok(existsSync(one.folder));
  await one.close();
  await one.close();
  assert.ok(!existsSync(one.folder));
  await assert.rejects(one.collection('notes').count(), { code: 'log_closed' });
  await two.close();
});

test('a folder of something else is refused and left alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-embedded-'));
  try {
    writeFileSync(join(folder, 'letter.txt'), 'dear');
    await assert.rejects(open(folder), { code: 'data_foreign' });
    assert.ok(existsSync(join(folder, 'letter.txt')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
