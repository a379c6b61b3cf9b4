import type { TestContext } from 'node:test';
import fc from 'fast-check';

/** Runs a property and prints the command that replays it. `AEROLITH_SEED` sets the seed. */
export function checkProperty<T>(t: TestContext, file: string, property: fc.IPropertyWithHooks<T>, numRuns: number): void {
  const given = process.env.AEROLITH_SEED;
  const seed = given === undefined ? (Date.now() ^ (Math.random() * 0x1_0000_0000)) | 0 : Number(given);
  t.diagnostic(`${numRuns} runs; replay: AEROLITH_SEED=${seed} node --test ${file}`);
  fc.assert(property, { seed, numRuns });
}
