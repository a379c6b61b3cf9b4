import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertExact, writeThroughCuts } from './write-through-cuts.ts';

const WRITES = 2000;
const SEED = 20_240_506;

test('2,000 writes through cut connections: none lost, none doubled, and a stream without gap or repeat', async (context) => {
  const outcome = await writeThroughCuts({ writes: WRITES, seed: SEED });
  context.diagnostic(`${outcome.cuts} connections cut`);
  assertExact(outcome, WRITES, 50);
});

test('without command ids increments are doubled, so the test above can fail', async () => {
  const withoutIds = (input: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (input.includes('/counters/')) headers.delete('idempotency-key');
    return fetch(input, { ...init, headers });
  };
  const outcome = await writeThroughCuts({ writes: WRITES, seed: SEED, fetch: withoutIds });
  assert.equal(outcome.entries, WRITES / 2);
  assert.ok(outcome.applied > WRITES / 2, `${outcome.applied} increments`);
  assert.throws(() => assertExact(outcome, WRITES, 50));
});
