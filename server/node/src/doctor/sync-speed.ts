import { closeSync, fdatasyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, fine, notPossible, warning } from './finding.ts';

const CHECK = 'fsync speed';
const ROUNDS = 9;
const BLOCK = Buffer.alloc(4096, 'x');
const SLOW_MS = 20;

/** Numbers by which Linux knows file systems (statfs) that hold no data through a power cut, or lock files in ways of their own. */
const MEMORY_TYPES: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);
const NETWORK_TYPES: ReadonlySet<number> = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42]);

/** Writes 4 KiB and syncs them, some times, in a file beside the data that is then removed. */
export function checkSyncSpeed(folder: string): Finding {
  try {
    return judgeSync(measureSync(folder), fileSystemOf(folder));
  } catch (thrown) {
    return notPossible(CHECK, thrown, 'Make the folder writable for the user that runs the node, or free some space.');
  }
}

export type FileSystem = 'disk' | 'memory' | 'network';

export function judgeSync(medianMs: number, fileSystem: FileSystem): Finding {
  const found = `a synced write of 4 KiB takes ${medianMs.toFixed(2)} ms (median of ${ROUNDS})`;
  const figures = { medianMs, rounds: ROUNDS, fileSystem };
  if (fileSystem === 'memory') {
    return warning(CHECK, `the folder is in memory; ${found}`, 'Move it to a disk: a power cut takes everything.', figures);
  }
  if (fileSystem === 'network') {
    const todo = 'Move it to a local disk: locks and syncs of a network file system are not to be relied on.';
    return warning(CHECK, `the folder is on a network file system; ${found}`, todo, figures);
  }
  if (medianMs <= SLOW_MS) return fine(CHECK, found, figures);
  const todo = 'Every write waits for this: use an SSD, best one with power-loss protection, and see what else uses the disk.';
  return warning(CHECK, found, todo, figures);
}

/** Milliseconds. */
export function measureSync(folder: string): number {
  const file = join(folder, `.aerolith-doctor-${process.pid}`);
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    const times = Array.from({ length: ROUNDS }, () => {
      const begun = performance.now();
      writeSync(descriptor, BLOCK);
      fdatasyncSync(descriptor);
      return performance.now() - begun;
    });
    return times.sort((a, b) => a - b)[ROUNDS >> 1]!;
  } finally {
    closeSync(descriptor);
    rmSync(file, { force: true });
  }
}

function fileSystemOf(folder: string): FileSystem {
  if (process.platform !== 'linux') return 'disk';
  const { type } = statfsSync(folder);
  if (MEMORY_TYPES.has(type)) return 'memory';
  return NETWORK_TYPES.has(type) ? 'network' : 'disk';
}
