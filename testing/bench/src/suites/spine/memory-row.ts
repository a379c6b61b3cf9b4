import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '../../harness/child-server.ts';
import type { Row } from '../../harness/row.ts';
import type { Sizes } from './sizes.ts';

const MB = 1_000_000;
const reader = new URL('./memory-program.ts', import.meta.url);

/**
 * Resident memory of a process that loads a million documents and then reads them at random. The figure is the highest of the
 * samples of the second half; the row's note says the highest of the first half too, so that growth shows.
 */
export async function memoryRow(
  folder: string,
  sizes: Sizes,
  progress: (what: string) => void,
): Promise<{ row: Row; note: string }> {
  progress(`memory: ${sizes.memoryDocuments} documents, then ${sizes.memoryMs / 1000} s of reads`);
  const program = await startChild(reader, [join(folder, 'memory-data'), String(sizes.memoryDocuments), String(sizes.memoryMs)]);
  const samples: number[] = [];
  for (let elapsed = 0; elapsed < sizes.memoryMs - 2000; elapsed += 1000) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    samples.push(residentBytes(program.pid) / MB);
  }
  await program.stop();
  const half = samples.length >> 1;
  const first = Math.max(...samples.slice(0, half));
  const second = Math.max(...samples.slice(half));
  const row: Row = {
    work: `memory: ${sizes.memoryDocuments.toLocaleString('en-US')} documents loaded and read`,
    against: '–',
    measure: 'memory',
    unit: 'MB',
    ours: second,
    other: undefined,
    bound: { floor: 600, aim: 350 },
  };
  return {
    row,
    note: `memory: highest resident set ${first.toFixed(0)} MB in the first half of the reads, ${second.toFixed(0)} MB in the second`,
  };
}

function residentBytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}
