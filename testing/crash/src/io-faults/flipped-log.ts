import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../random.ts';
import { examine } from './examine.ts';
import { headOf, killedRun, WAL } from './killed-run.ts';
import type { Told } from './run-program.ts';

/** Blocks that stand in the log alone; the last two may not have been acknowledged. */
const BLOCKS_IN_LOG = 3;
const WAL_HEADER_BYTES = 32;

export type FlipResult = {
  readonly flips: number;
  /** Flips for which the folder was refused with `storage_corrupt`. */
  readonly refused: number;
  readonly differences: readonly string[];
};

/**
 * Kills a run and flips one byte of the write-ahead log it left: each of its header, then `flips` drawn from the rest; a fresh copy
 * for each. The folder must be refused with `storage_corrupt`, or hold all that was acknowledged and nothing wrong. `without` names a
 * file to take away first, for a control.
 */
export async function flipLog(options: {
  readonly folder: string;
  readonly flips: number;
  readonly seed: number;
  readonly without?: string;
}): Promise<FlipResult> {
  const { folder, without } = options;
  const { data, told } = await killedRun(folder, (killed) => headOf(killed) >= headOf(killed, 0) + BLOCKS_IN_LOG);
  if (without !== undefined) rmSync(join(data, without));
  const whole = readFileSync(join(data, WAL));
  const differences: string[] = [];
  let refused = 0;
  const offsets = places(whole.length, options);
  for (const offset of offsets) {
    const copy = join(folder, `flipped-${offset}`);
    cpSync(data, copy, { recursive: true });
    const damaged = Buffer.from(whole);
    damaged[offset]! ^= 1;
    writeFileSync(join(copy, WAL), damaged);
    const found = examineOrRefuse(copy, told);
    if (found === 'refused') refused += 1;
    else differences.push(...found.map((sentence) => `byte ${offset} of the log flipped: ${sentence}`));
    rmSync(copy, { recursive: true });
  }
  return { flips: offsets.length, refused, differences };
}

function places(bytes: number, { flips, seed }: { flips: number; seed: number }): number[] {
  const random = seeded(seed);
  const header = Array.from({ length: WAL_HEADER_BYTES }, (_, offset) => offset);
  return [
    ...header,
    ...Array.from({ length: flips }, () => WAL_HEADER_BYTES + Math.floor(random() * (bytes - WAL_HEADER_BYTES))),
  ];
}

function examineOrRefuse(folder: string, told: Told): string[] | 'refused' {
  try {
    return examine(folder, told);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'storage_corrupt') return 'refused';
    return [`the folder cannot be read: ${String(error)}`];
  }
}
