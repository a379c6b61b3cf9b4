import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SpillFolder } from './spill-folder.ts';

function inFolder(run: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-spill-test-'));
  try {
    run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const openFiles = () => readdirSync('/proc/self/fd').length;

test('texts come back in their order, whatever their size, and no name is left', () => {
  inFolder((folder) => {
    using spill = new SpillFolder(folder);
    const texts = Array.from({ length: 5000 }, (_, i) => `{"n":${i},"t":"${'é😀'.repeat(i % 97)}"}`);
    const file = spill.create();
    for (const text of texts) file.append(text);
    const other = spill.create();
    other.append('{}');
    assert.deepEqual(readdirSync(folder), [], 'a file has a name while it is open');
    assert.deepEqual([...file.read()], texts);
    assert.deepEqual([...other.read()], ['{}']);
    assert.equal(spill.bytes, Buffer.byteLength(texts.join('\n')) + 1 + 3);
  });
});

test('the files close with the folder, also those that nobody read to their end', { skip: process.platform !== 'linux' }, () => {
  inFolder((folder) => {
    const before = openFiles();
    {
      using spill = new SpillFolder(folder);
      const [given, untouched] = [spill.create(), spill.create()];
      for (let i = 0; i < 10; i++) given.append('{}');
      untouched.append('{}');
      for (const _text of given.read()) break;
      assert.equal(openFiles(), before + 1);
    }
    assert.equal(openFiles(), before);
  });
});
