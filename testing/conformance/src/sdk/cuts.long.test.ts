import { test } from 'node:test';
import { assertExact, writeThroughCuts } from './write-through-cuts.ts';

const WRITES = 20_000;

test('20,000 writes through cut connections: none lost, none doubled, and a stream without gap or repeat', async (context) => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  context.diagnostic(`seed ${seed}; SEED=${seed} draws the same cuts again`);
  const outcome = await writeThroughCuts({ writes: WRITES, seed });
  context.diagnostic(`${outcome.cuts} connections cut`);
  assertExact(outcome, WRITES, 500);
});
