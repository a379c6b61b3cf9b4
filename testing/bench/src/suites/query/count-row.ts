import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeDoor } from '../spine/node-door.ts';
import type { Outcome } from './comparison.ts';
import type { Scene } from './scene.ts';

const MB = 1_000_000;
const BATCH = 1000;
const COLLECTION = '/v1/collections/counted';
/** Every document passes each of them: by a scan, by an index over an array, by alternatives. */
const FILTERS = ['{"n":{"$gte":0},"even":{"$exists":true}}', '{"tags":{"$gte":""}}', '{"$or":[{"n":{"$gte":0}},{"tags":"t1"}]}'];

/** How much more memory a node of its own process has resident while it counts, at its highest. */
export async function countRow({ folder, sizes, progress }: Pick<Scene, 'folder' | 'sizes' | 'progress'>): Promise<Outcome> {
  const { counted } = sizes;
  progress(`count over ${counted} documents: loading`);
  const node = await NodeDoor.start(join(folder, 'counted'));
  try {
    await fill(node, counted);
    const before = resident(node.child.pid, 'VmRSS');
    const peaks: number[] = [];
    for (const filter of FILTERS) {
      resetPeak(node.child.pid);
      const { count } = JSON.parse(await node.ask('POST', `${COLLECTION}/count`, `{"filter":${filter}}`)) as { count: number };
      if (count !== counted) throw new Error(`${filter} counts ${count}, not ${counted}`);
      peaks.push(resident(node.child.pid, 'VmHWM') - before);
    }
    const row = {
      work: `count over ${counted.toLocaleString('en-US')} documents: more memory`,
      against: '–',
      measure: 'memory',
      unit: 'MB',
      ours: Math.max(0, ...peaks),
      other: undefined,
      bound: { floor: 300, aim: 50 },
    } as const;
    const each = peaks.map((peak) => `${peak.toFixed(0)} MB`).join(', ');
    return {
      rows: [row],
      skipped: [],
      notes: [`count: over the resident ${before.toFixed(0)} MB, by a scan, an index over an array, alternatives: ${each}`],
    };
  } finally {
    await node.child.stop();
  }
}

async function fill(node: NodeDoor, documents: number): Promise<void> {
  await node.ask('POST', '/v1/collections', '{"name":"counted"}');
  for (const keys of ['{"n":1}', '{"tags":1}']) await node.ask('POST', `${COLLECTION}/indexes`, `{"keys":${keys}}`);
  for (let start = 0; start < documents; start += BATCH) {
    const texts = Array.from({ length: Math.min(BATCH, documents - start) }, (_, i) => text(start + i));
    await node.ask('POST', `${COLLECTION}/documents`, `[${texts.join(',')}]`);
  }
}

function text(n: number): string {
  return `{"_id":${n},"n":${n},"even":${n % 2 === 0},"tags":["t${n % 50}","u${n % 7}"]}`;
}

/** Linux forgets the highest resident set of the process. */
function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Megabytes. */
function resident(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const kilobytes = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kilobytes) * 1024) / MB;
}
