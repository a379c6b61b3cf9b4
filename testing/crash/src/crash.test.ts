import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { cutAfterKill } from './io-faults/cut-after-kill.ts';
import { flipLog } from './io-faults/flipped-log.ts';
import { runIoFaults } from './io-faults/run-io-faults.ts';
import { runKillRounds } from './kill/run-kill-rounds.ts';
import { type Control, runControls } from './planted/run-controls.ts';
import { FAULT_KINDS, type FaultKind } from './shim/compile-shim.ts';

/** The short form of `npm run crash`, which kills 200 times and fails each file operation. */
const SEED = 20;
const CUTS_AFTER_KILL = 14;
const ROUNDS = 10;
/** Every so many file operations one is failed. */
const STRIDES: Readonly<Record<FaultKind, number>> = { eio: 40, enospc: 40, kill: 40, torn: 40, power: 23, 'power-some': 23 };

function folderOf(context: { after(work: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-crash-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

for (const kind of FAULT_KINDS) {
  test(`${kind} at some file operations leaves the file whole`, { timeout: 300_000 }, async (context) => {
    const { faults, differences } = await runIoFaults({ folder: folderOf(context), kind, stride: STRIDES[kind] });
    assert.deepEqual(differences, []);
    assert.ok(faults * STRIDES[kind] > 200, `${faults} faults were injected`);
  });
}

test('kill -9 under load: every acknowledged write is there, none twice', { timeout: 300_000 }, async (context) => {
  const result = await runKillRounds({ data: join(folderOf(context), 'data'), rounds: ROUNDS, seed: SEED });
  assert.deepEqual(result.differences, []);
  assert.equal(result.rounds, ROUNDS);
  assert.ok(result.acknowledged > 100, `${result.acknowledged} writes were acknowledged`);
  assert.ok(result.sentAgain > 0, 'no write was cut off');
});

test('a power cut takes nothing away that a killed process left and the next one has shown', {
  timeout: 300_000,
}, async (context) => {
  const { faults, differences } = await cutAfterKill({ folder: folderOf(context), operations: CUTS_AFTER_KILL });
  assert.deepEqual(differences, []);
  assert.equal(faults, CUTS_AFTER_KILL);
});

test('a flipped byte in the write-ahead log of a killed process is refused or harmless', {
  timeout: 300_000,
}, async (context) => {
  const { differences, refused } = await flipLog({ folder: folderOf(context), flips: 40, seed: SEED });
  assert.deepEqual(differences, []);
  assert.ok(refused > 40, `${refused} flips were refused`);
});

test('negative control: without the mark of what was synced, a flipped byte takes acknowledged writes away', async (context) => {
  const without = 'aerolith.db-synced';
  const { differences } = await flipLog({ folder: folderOf(context), flips: 5, seed: SEED, without });
  assert.ok(differences.some((difference) => difference.includes('was acknowledged and is lost')));
});

test('negative controls: builds with planted bugs are caught', { timeout: 300_000 }, async (context) => {
  const missed: Control[] = [];
  let tried = 0;
  for await (const control of runControls(folderOf(context), SEED)) {
    tried += 1;
    if (!control.passed) missed.push(control);
  }
  assert.deepEqual(missed, []);
  assert.ok(tried >= 6, `${tried} planted bugs were tried`);
});
