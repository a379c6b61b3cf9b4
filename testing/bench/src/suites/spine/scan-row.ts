import { timed } from '../../harness/closed-loop.ts';
import { interleave } from '../../harness/rounds.ts';
import type { Row } from '../../harness/row.ts';
import type { Aerolith } from '../../peers/aerolith.ts';

const BOUND = 90_000;

/** The same count by hand-written SQL, on the same file, through a reader of the same kind and cache. */
export async function scanRow(ours: Aerolith, byHand: (bound: number) => number, rounds: number): Promise<Row> {
  const expected = byHand(BOUND);
  const counted = await ours.countAbove('documents', BOUND);
  if (counted !== expected) throw new Error(`scan: ours counted ${counted}, hand-written SQL ${expected}`);
  const figures = await interleave(
    { ours: () => timed(5, () => ours.countAbove('documents', BOUND)), other: () => timed(5, () => byHand(BOUND)) },
    rounds,
  );
  return {
    work: 'scan with a filter, count',
    against: 'hand-written SQL, same file',
    measure: 'time',
    unit: 'ms',
    ...figures,
    bound: { floor: 1.3, aim: 1.05 },
  };
}
