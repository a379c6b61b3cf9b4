import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runKillRounds } from './kill/run-kill-rounds.ts';

/** `npm run crash` runs 200. */
const ROUNDS = 10;
const SEED = 20;

test('kill -9 under load: every acknowledged write is there, none twice', { timeout: 150_000 }, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-crash-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const result = await runKillRounds({ data: join(folder, 'data'), rounds: ROUNDS, seed: SEED });
  assert.deepEqual(result.differences, []);
  assert.equal(result.rounds, ROUNDS);
  assert.ok(result.acknowledged > 100, `${result.acknowledged} writes were acknowledged`);
  assert.ok(result.sentAgain > 0, 'no write was cut off');
});
