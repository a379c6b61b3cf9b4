import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compileShim, faultEnvironment } from '../shim/compile-shim.ts';
import { examineSafely } from './examine.ts';
import { headOf, killedRun, WAL } from './killed-run.ts';
import type { IoFaultResult } from './run-io-faults.ts';
import { runProgram, type Told } from './run-program.ts';

const MARK = 'aerolith.db-synced';
/** Of the mark: after its magic and the header of the log. */
const FRAMES_OFFSET = 40;
const WAL_HEADER_BYTES = 32;
const FRAME_BYTES = 24 + 8192;
export type CutOptions = {
  readonly folder: string;
  /** The power is cut at each of the first so many file operations of the second process: it opens the folder, then writes a block. */
  readonly operations: number;
  /** A planted bug of the second process. */
  readonly plant?: string;
  /** Ends after the first difference. */
  readonly stopAtFirst?: boolean;
};

/**
 * A process is killed and leaves blocks in the system's cache that it had not synced; a second one opens the folder, and then the power
 * is cut: what the second has shown of the first's must not go with it.
 */
export async function cutAfterKill({ folder, operations, plant, stopAtFirst }: CutOptions): Promise<IoFaultResult> {
  const library = compileShim(folder);
  const compiled = join(folder, 'compiled');
  const killed = await killedRun(folder, (data) => headOf(data) > headOf(data, syncedBytes(data)));
  const differences: string[] = [];
  let faults = 0;
  for (let at = 1; at <= operations && !(stopAtFirst && differences.length > 0); at++) {
    const data = join(folder, `cut-${at}`);
    const log = join(folder, `cut-fired-${at}`);
    cpSync(killed.data, data, { recursive: true });
    const env = faultEnvironment(library, { folder: data, at, kind: 'power', log });
    const leftover = { AEROLITH_FAULT_LEFTOVER: `${syncedBytes(killed.data)}:${join(data, WAL)}` };
    const told = await runProgram(data, { ...(plant !== undefined && { plant }), env: { ...env, ...leftover }, compiled });
    const both: Told = { height: told.height, acknowledged: told.acknowledged.union(killed.told.acknowledged) };
    differences.push(...examineSafely(data, both).map((sentence) => `power cut at operation ${at} after a kill: ${sentence}`));
    rmSync(data, { recursive: true });
    if (existsSync(log)) faults += 1;
  }
  return { faults, differences };
}

/** Bytes of the log that the killed process had synced. */
function syncedBytes(data: string): number {
  return WAL_HEADER_BYTES + readFileSync(join(data, MARK)).readUInt32BE(FRAMES_OFFSET) * FRAME_BYTES;
}
