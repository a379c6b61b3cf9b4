import { join } from 'node:path';
import { runKillRounds } from '../kill/run-kill-rounds.ts';
import { PLANTS } from './plants.ts';

/** At most this many rounds for a planted bug to be found. */
const ROUNDS = 20;

export type Control = { readonly what: string; readonly passed: boolean; readonly differences: readonly string[] };

/** Each build with a planted bug must fail the kill test; one that passes makes the control fail. */
export async function runControls(folder: string, seed: number): Promise<Control[]> {
  const controls: Control[] = [];
  for (const plant of Object.keys(PLANTS)) {
    const data = join(folder, `control-${plant}`);
    const { rounds, differences } = await runKillRounds({ data, rounds: ROUNDS, seed, plant, stopAtFirst: true });
    const caught = differences.length > 0;
    const missed = caught ? [] : [`${rounds} rounds found nothing wrong with the build that has "${plant}" planted`];
    controls.push({ what: `negative control: ${plant} is caught (round ${rounds})`, passed: caught, differences: missed });
  }
  return controls;
}
