import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';

/** What the figures were measured on. `fsyncMs`: append 4 KiB and fdatasync. */
export type Machine = {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly load: number;
  readonly fsyncMs: { readonly p50: number; readonly p99: number };
};

export function describeMachine(folder: string): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    node: process.version,
    load: loadavg()[0] ?? 0,
    fsyncMs: fsyncTimes(folder),
  };
}

function fsyncTimes(folder: string): { p50: number; p99: number } {
  const file = join(folder, 'fsync-probe');
  const descriptor = openSync(file, 'w');
  const block = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 200 }, () => {
    const start = performance.now();
    writeSync(descriptor, block);
    fdatasyncSync(descriptor);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  closeSync(descriptor);
  rmSync(file);
  return { p50: times[100]!, p99: times[197]! };
}
