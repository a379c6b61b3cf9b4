import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runIoFaults } from './io-faults/run-io-faults.ts';
import { runKillRounds } from './kill/run-kill-rounds.ts';
import { runControls } from './planted/run-controls.ts';
import type { FaultKind } from './shim/compile-shim.ts';

/** The short form of `npm run crash`. */
const ROUNDS = 10;
const SEED = 20;
/** Every so many file operations one is failed; `npm run crash` fails each. */
const STRIDE = 40;

function folderOf(context: { after(work: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-crash-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('kill -9 under load: every acknowledged write is there, none twice', { timeout: 150_000 }, async (context) => {
  const result = await runKillRounds({ data: join(folderOf(context), 'data'), rounds: ROUNDS, seed: SEED });
  assert.deepEqual(result.differences, []);
  assert.equal(result.rounds, ROUNDS);
  assert.ok(result.acknowledged > 100, `${result.acknowledged} writes were acknowledged`);
  assert.ok(result.sentAgain > 0, 'no write was cut off');
});

for (const kind of ['eio', 'enospc', 'kill', 'torn'] satisfies FaultKind[]) {
  test(`${kind} at some file operations leaves the file whole`, { timeout: 150_000 }, async (context) => {
    const { faults, differences } = await runIoFaults({ folder: folderOf(context), kind, stride: STRIDE });
    assert.deepEqual(differences, []);
    assert.ok(faults >= 3, `${faults} faults were injected`);
  });
}

test('negative controls: builds with planted bugs are caught', { timeout: 150_000 }, async (context) => {
  for (const { what, passed, differences } of await runControls(folderOf(context), SEED))
    assert.ok(passed, `${what}: ${differences.join('; ')}`);
});
