import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { GENERATORS } from './generators.ts';
import { generateAll, writeFiles } from './write-files.ts';

test('a check names what is stale or missing and writes nothing', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'aerolith-codegen-'));
  t.after(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'stale.md'), 'old');
  writeFileSync(join(root, 'fresh.md'), 'new');
  const files = ['stale.md', 'fresh.md', 'docs/missing.md'].map((path) => ({ path, text: 'new' }));
  assert.deepEqual(writeFiles(root, files, { check: true }), { wrong: ['stale.md', 'docs/missing.md'], written: [] });
  assert.equal(readFileSync(join(root, 'stale.md'), 'utf8'), 'old');
  assert.deepEqual(writeFiles(root, files, { check: false }).written, ['stale.md', 'docs/missing.md']);
  assert.deepEqual(writeFiles(root, files, { check: true }).wrong, []);
});

test('the same code makes the same bytes twice', async () => {
  assert.deepEqual(await generateAll(GENERATORS), await generateAll(GENERATORS));
});

test('two generators of one file are refused', async () => {
  const same = () => [{ path: 'a', text: '' }];
  await assert.rejects(generateAll([same, same]), /same file/);
});
