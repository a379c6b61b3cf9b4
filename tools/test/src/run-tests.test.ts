import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { findTests } from './find-tests.ts';
import { runTests } from './run-tests.ts';
import { verdict } from './verdict.ts';

let folder: string;
let printed: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aerolith-test-runner-'));
  printed = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs one test file of that body with a runner of its own. */
async function tallyOf(body: string, options: { only?: string; fileTimeoutMs?: number } = {}) {
  const header = "import { describe, test } from 'node:test'; import assert from 'node:assert/strict';\n";
  writeFileSync(join(folder, 'a.test.mjs'), header + body);
  return await runTests(folder, ['a.test.mjs'], { print: (line) => printed.push(line), ...options });
}

test('passing, failing and skipped tests are counted apart', async () => {
  const tally = await tallyOf(`
    test('good', () => {});
    test('bad', () => assert.equal(1, 2));
    test('later', { skip: true }, () => {});`);
  assert.deepEqual(tally, { passed: 1, failed: 1, skipped: 1 });
});

test('a failure in a suite is counted once and named with its message', async () => {
  const tally = await tallyOf(`describe('outer', () => { test('inner', () => { throw new Error('the reason'); }); });`);
  assert.equal(tally.failed, 1);
  assert.match(printed.join('\n'), /FAILED a\.test\.mjs:2 {2}inner\n[\s\S]*the reason/);
});

test('a file that breaks on import fails', async () => {
  assert.equal((await tallyOf(`throw new Error('broken import');`)).failed, 1);
});

test('a file without tests fails', async () => {
  assert.deepEqual(await tallyOf(''), { passed: 0, failed: 1, skipped: 0 });
});

test('a file that does not end is stopped and fails', async () => {
  const tally = await tallyOf(`test('done', () => {}); setInterval(() => {}, 1000);`, { fileTimeoutMs: 1500 });
  assert.deepEqual([tally.passed, tally.failed], [1, 1]);
  assert.match(printed.join('\n'), /longer than 1\.5 s/);
});

test('--only chooses tests by name, literally', async () => {
  const tally = await tallyOf(`test('a.b', () => {}); test('axb', () => assert.fail());`, { only: 'a.b' });
  assert.deepEqual([tally.passed, tally.failed], [1, 0]);
});

test('the last line counts, and too few tests are a failure', () => {
  assert.deepEqual(verdict({ passed: 3, failed: 0, skipped: 0 }, 3), { line: '3 passed, 0 failed', exitCode: 0 });
  assert.equal(verdict({ passed: 3, failed: 1, skipped: 0 }, 3).exitCode, 1);
  const few = verdict({ passed: 3, failed: 0, skipped: 2 }, 4);
  assert.equal(few.exitCode, 1);
  assert.equal(few.line.split('\n').at(-1), '3 passed, 1 failed');
});

test('long tests are found only when asked for', () => {
  const root = new URL('../../..', import.meta.url).pathname;
  const files = findTests(root, { parts: ['tools/test/'], long: false });
  assert.deepEqual(files, ['tools/test/src/run-tests.test.ts']);
});
