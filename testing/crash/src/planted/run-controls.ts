import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cutAfterKill } from '../io-faults/cut-after-kill.ts';
import { runIoFaults } from '../io-faults/run-io-faults.ts';
import { runKillRounds } from '../kill/run-kill-rounds.ts';
import { PLANTS, type Plant } from './plants.ts';

/** At most this many rounds for a planted bug to be found. */
const ROUNDS = 20;
/** Every so many file operations the power is cut. */
const STRIDE = 7;
/** The power is cut at most at so many operations after a kill. */
const OPERATIONS = 24;

export type Control = { readonly what: string; readonly passed: boolean; readonly differences: readonly string[] };

/** Each build with a planted bug must fail its test; one that passes makes the control fail. */
export async function* runControls(folder: string, seed: number): AsyncGenerator<Control> {
  for (const [name, { caughtBy }] of Object.entries(PLANTS)) {
    const own = join(folder, `control-${name}`);
    mkdirSync(own);
    const { tried, differences } = await TRIALS[caughtBy](own, name, seed);
    const caught = differences.length > 0;
    const missed = caught ? [] : [`${tried} found nothing wrong with the build that has "${name}" planted`];
    yield { what: `negative control: ${name} is caught (${tried})`, passed: caught, differences: missed };
  }
}

type Trial = (folder: string, plant: string, seed: number) => Promise<{ tried: string; differences: readonly string[] }>;

const TRIALS: Readonly<Record<Plant['caughtBy'], Trial>> = {
  kill: async (folder, plant, seed) => {
    const data = join(folder, 'data');
    const { rounds, differences } = await runKillRounds({ data, rounds: ROUNDS, seed, plant, stopAtFirst: true });
    return { tried: `${rounds} rounds of kill -9`, differences };
  },
  power: async (folder, plant) => {
    const { faults, differences } = await runIoFaults({ folder, kind: 'power', stride: STRIDE, plant, stopAtFirst: true });
    return { tried: `${faults} power cuts`, differences };
  },
  'power-after-kill': async (folder, plant) => {
    const { faults, differences } = await cutAfterKill({ folder, operations: OPERATIONS, plant, stopAtFirst: true });
    return { tried: `${faults} power cuts after a kill`, differences };
  },
};
