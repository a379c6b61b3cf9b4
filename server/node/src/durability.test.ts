import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { openDatabase } from './open-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Inserts for ever from eight callers, and prints each id when it is acknowledged. */
const LOAD = `
import { openDatabase } from ${JSON.stringify(new URL('./open-database.ts', import.meta.url).href)};
const { database, session } = await openDatabase(process.argv[1]);
await database.execute(session, { type: 'createCollection', collection: 'c', options: {} });
let next = 0;
const caller = async () => {
  for (;;) {
    const id = next++;
    await database.execute(session, { type: 'insert', collection: 'c', documents: ['{"_id":' + id + '}'] });
    process.stdout.write(id + '\\n');
  }
};
await Promise.all(Array.from({ length: 8 }, caller));
`;

async function acknowledgedUntilKilled(folder: string, count: number): Promise<number[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', LOAD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    acknowledged.push(Number(line));
    if (acknowledged.length === count) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return acknowledged;
}

test('after kill -9 every acknowledged write is there, once', async () => {
  using folder = temporaryFolder();
  const acknowledged = await acknowledgedUntilKilled(folder.path, 300);
  await using running = await openDatabase(folder.path);
  const { database, session } = running;
  const answer = await database.read(session, { kind: 'find', collection: 'c', limit: 100_000 });
  const found = (JSON.parse(answer.text!) as { _id: number }[]).map(({ _id }) => _id);
  assert.equal(new Set(found).size, found.length);
  const missing = acknowledged.filter((id) => !found.includes(id));
  assert.deepEqual(missing, []);
});

test('what was written is there after it was closed and opened', async () => {
  using folder = temporaryFolder();
  const document = '{"_id":1,"name":"Bern"}';
  const first = await openDatabase(folder.path);
  await first.database.execute(first.session, { type: 'createCollection', collection: 'c', options: {} });
  const insert = { type: 'insert', collection: 'c', documents: [document] } as const;
  const { receipt } = await first.database.execute(first.session, insert, { commandId: 'once' });
  const head = first.database.head();
  await first.close();
  await using second = await openDatabase(folder.path);
  const { database, session } = second;
  assert.deepEqual(database.head(), head);
  assert.equal((await database.getRaw(session, 'c', '1'))!.text, document);
  const again = await database.execute(session, insert, { commandId: 'once' });
  assert.deepEqual([again.receipt, again.repeated], [receipt, true]);
});

test('closing finishes the writes that were begun', async () => {
  using folder = temporaryFolder();
  const first = await openDatabase(folder.path);
  await first.database.execute(first.session, { type: 'createCollection', collection: 'c', options: {} });
  const ids = Array.from({ length: 200 }, (_, id) => id);
  const begun = ids.map((id) =>
    first.database.execute(first.session, { type: 'insert', collection: 'c', documents: [`{"_id":${id}}`] }),
  );
  await Promise.all([first.close(), ...begun]);
  await using second = await openDatabase(folder.path);
  assert.equal((await second.database.read(second.session, { kind: 'count', collection: 'c' })).count, 200);
});
