import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '@aerolithdb/query';
import type { RunningDatabase } from './node.ts';
import { openDatabase } from './open-database.ts';

const DIMENSIONS = 24;
const WAIT_MS = 120_000;

function folderFor(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-vectors-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function fill({ database, session }: RunningDatabase, count: number): Promise<void> {
  const random = seededRandom(3);
  await database.execute(session, { type: 'createCollection', collection: 'c', options: {} });
  const index = { name: 'v', keys: [['v', 'vector']], dimensions: DIMENSIONS } as const;
  await database.execute(session, { type: 'createIndex', collection: 'c', index });
  for (let id = 0; id < count; id += 500) {
    const documents = Array.from({ length: 500 }, (_, i) => `{"_id":${id + i},"v":${JSON.stringify(vectorFrom(random))}}`);
    await database.execute(session, { type: 'insert', collection: 'c', documents });
  }
}

function vectorFrom(random: () => number): number[] {
  return Array.from({ length: DIMENSIONS }, () => random() - 0.5);
}

/** Ids of the nearest ten to a vector, and how they were found. */
async function search({ database, session }: RunningDatabase, more = ''): Promise<{ ids: string; way: string | undefined }> {
  const query = JSON.stringify(vectorFrom(seededRandom(99)));
  const pipeline = `[{"$vectorSearch":{"path":"v","queryVector":${query},"limit":10${more}}},{"$project":{"_id":1}}]`;
  const { text, explain } = await database.read(session, { kind: 'aggregate', collection: 'c', pipeline, explain: true });
  return { ids: text ?? '', way: explain?.vectorSearch?.way };
}

async function untilGraph(running: RunningDatabase): Promise<void> {
  const end = Date.now() + WAIT_MS;
  while ((await search(running)).way !== 'graph') {
    assert.ok(Date.now() < end, 'there is no graph');
    await sleep(100);
  }
}

test('a graph follows the log, and is there after a restart', async (context) => {
  const folder = folderFor(context);
  {
    await using running = await openDatabase(folder, { readers: 1 });
    await fill(running, 2500);
    const exact = await search(running, ',"exact":true');
    assert.equal(exact.way, 'all');
    assert.equal((await search(running)).ids, exact.ids);
    await untilGraph(running);
    assert.equal((await search(running, ',"numCandidates":2500')).ids, exact.ids);
  }
  await using running = await openDatabase(folder, { readers: 1 });
  assert.equal((await search(running)).way, 'graph');
});

test('killed while it builds, a node finds the same and builds again', async (context) => {
  const folder = folderFor(context);
  let exact: string;
  {
    await using running = await openDatabase(folder, { readers: 1 });
    await fill(running, 3000);
    exact = (await search(running, ',"exact":true')).ids;
  }
  for (const name of graphsIn(folder)) rmSync(join(folder, name));
  const program = fileURLToPath(new URL('./testing/open-until-killed.ts', import.meta.url));
  const node = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(node.stdout, 'data');
  // The first look is a second after the start, and building takes longer than that.
  await sleep(1400);
  node.kill('SIGKILL');
  await once(node, 'exit');
  await using running = await openDatabase(folder, { readers: 1 });
  assert.equal((await search(running, ',"numCandidates":3000')).ids, exact);
  await untilGraph(running);
  assert.equal(graphsIn(folder).length, 2, 'a description and a graph, nothing of the build that was cut off');
});

function graphsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.includes('-vectors-'));
}
