import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GROUP_SIZE } from '../../data/documents.ts';
import type { Row } from '../../harness/row.ts';
import { NodeDoor } from './node-door.ts';
import type { Sizes } from './sizes.ts';

const MB = 1_000_000;
const SAMPLE_MS = 1000;
/**
 * Resident memory of a node that loads a million documents and then answers reads by id and by index at random. The figure is the
 * highest of the samples of the second half; the row's note says the highest of the first half too, so that growth shows.
 */
export async function memoryRow(
  folder: string,
  sizes: Sizes,
  progress: (what: string) => void,
): Promise<{ row: Row; note: string }> {
  const { memoryDocuments, memoryMs } = sizes;
  progress(`memory: ${memoryDocuments} documents, then ${memoryMs / 1000} s of reads`);
  const node = await NodeDoor.start(join(folder, 'memory-data'));
  try {
    await node.fill(memoryDocuments, { indexed: true });
    const samples = await sampled(node, memoryDocuments, memoryMs);
    return figures(samples, memoryDocuments);
  } finally {
    await node.child.stop();
  }
}

async function sampled(node: NodeDoor, documents: number, milliseconds: number): Promise<number[]> {
  const samples: number[] = [];
  const end = performance.now() + milliseconds;
  let sampleAt = performance.now();
  for (let n = 0; performance.now() < end; n++) {
    await node.ask('GET', `/v1/collections/documents/documents/${(n * 7919) % documents}`);
    if (n % GROUP_SIZE === 0)
      await node.ask('POST', '/v1/collections/documents/find', `{"filter":{"grp":${(n * 31) % (documents / GROUP_SIZE)}}}`);
    if (performance.now() < sampleAt) continue;
    samples.push(residentBytes(node.child.pid) / MB);
    sampleAt += SAMPLE_MS;
  }
  return samples;
}

function figures(samples: readonly number[], documents: number): { row: Row; note: string } {
  const half = samples.length >> 1;
  const first = Math.max(...samples.slice(0, half));
  const second = Math.max(...samples.slice(half));
  const row: Row = {
    work: `memory: ${documents.toLocaleString('en-US')} documents loaded and read`,
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
