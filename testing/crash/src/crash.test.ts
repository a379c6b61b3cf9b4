import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runIoFaults } from './io-faults/run-io-faults.ts';
import { runControls } from './planted/run-controls.ts';
import type { FaultKind } from './shim/compile-shim.ts';

/** The short form of `npm run crash`. */
const SEED = 20;
/** Every so many file operations one is failed; `npm run crash` fails each. */
const STRIDE = 40;

function folderOf(context: { after(work: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-crash-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

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
