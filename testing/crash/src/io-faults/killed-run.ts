import { cpSync, mkdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from '@aerolithdb/engine';
import { AerolithError } from '@aerolithdb/protocol';
import { compileShim, faultEnvironment } from '../shim/compile-shim.ts';
import { runProgram, type Told } from './run-program.ts';

export const WAL = 'aerolith.db-wal';
/** File operations at which the process is killed, one after the other, until it leaves what is wanted. */
const KILLED_AT = { first: 110, last: 400, step: 9 } as const;

/** A data folder as a killed process left it, and what it had told the world. */
export type KilledRun = { readonly data: string; readonly told: Told };

/** Runs the script and kills it where the folder it leaves is as wanted. */
export async function killedRun(folder: string, wanted: (data: string) => boolean): Promise<KilledRun> {
  const library = compileShim(folder);
  for (let at: number = KILLED_AT.first; at <= KILLED_AT.last; at += KILLED_AT.step) {
    const data = join(folder, `killed-${at}`);
    mkdirSync(data);
    const env = faultEnvironment(library, { folder: data, at, kind: 'kill', log: join(folder, `kill-fired-${at}`) });
    const told = await runProgram(data, { env, compiled: join(folder, 'compiled') });
    if (wanted(data)) return { data, told };
    rmSync(data, { recursive: true });
  }
  throw new Error('No kill left a folder as this test needs it.');
}

/** Height of a copy of the folder, its log cut off after so many bytes. NaN when it cannot be read so: it is in the middle of a checkpoint. */
export function headOf(data: string, logBytes?: number): number {
  const copy = `${data}-copy`;
  cpSync(data, copy, { recursive: true });
  rmSync(join(copy, 'aerolith.db-synced'));
  if (logBytes !== undefined) truncateSync(join(copy, WAL), logBytes);
  try {
    const engine = Engine.open(copy);
    const { height } = engine.head();
    engine.close();
    return height;
  } catch (error) {
    if (error instanceof AerolithError && error.code === 'storage_corrupt') return Number.NaN;
    throw error;
  } finally {
    rmSync(copy, { recursive: true });
  }
}
