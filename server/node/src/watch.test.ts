import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterHeight, type Database, type Session, type WatchedChange } from '@aerolithdb/database';
import { openDatabase } from './open-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

type ChangeText = { position: number; kind: string; collection: string; id?: number; previousHash: string; hash: string };

const ZEROS = '0'.repeat(64);

async function withDatabase(work: (database: Database, session: Session) => Promise<void>): Promise<void> {
  using folder = temporaryFolder();
  await using running = await openDatabase(folder.path, { readers: 2 });
  const { database, session } = running;
  for (const collection of ['a', 'b']) await database.execute(session, { type: 'createCollection', collection, options: {} });
  await work(database, session);
}

function insert(database: Database, session: Session, collection: string, id: number): Promise<unknown> {
  return database.execute(session, { type: 'insert', collection, documents: [`{"_id":${id}}`] });
}

async function take(stream: AsyncIterable<WatchedChange>, count: number): Promise<ChangeText[]> {
  const changes: ChangeText[] = [];
  for await (const { position, text } of stream) {
    const change = JSON.parse(text) as ChangeText;
    assert.equal(change.position, position);
    changes.push(change);
    if (changes.length === count) break;
  }
  return changes;
}

/** Each change names the hash of the one before it in its collection. */
function assertLinked(changes: readonly ChangeText[]): void {
  const last = new Map<string, string>();
  for (const { collection, previousHash, hash } of changes) {
    assert.equal(previousHash, last.get(collection) ?? ZEROS);
    last.set(collection, hash);
  }
}

test('10,000 writes by many callers are all seen, once, in order, and linked', () =>
  withDatabase(async (database, session) => {
    const writes = 10_000;
    const seen = take(database.watch(session, { since: 0 }), writes + 2);
    let next = 0;
    const caller = async () => {
      for (let id = next++; id < writes; id = next++) await insert(database, session, id % 3 === 0 ? 'b' : 'a', id);
    };
    await Promise.all(Array.from({ length: 64 }, caller));
    const changes = await seen;
    assert.deepEqual(
      changes.slice(0, 2).map(({ kind }) => kind),
      ['createCollection', 'createCollection'],
    );
    const ids = changes.flatMap(({ id }) => (id === undefined ? [] : [id]));
    assert.deepEqual(
      ids.toSorted((x, y) => x - y),
      Array.from({ length: writes }, (_, id) => id),
    );
    const positions = changes.map(({ position }) => position);
    assert.deepEqual(
      positions,
      [...new Set(positions)].toSorted((x, y) => x - y),
    );
    assertLinked(changes);
    const onlyB = await take(database.watch(session, { collection: 'b', since: 0 }), Math.ceil(writes / 3) + 1);
    assertLinked(onlyB);
    assert.ok(onlyB.every(({ collection }) => collection === 'b'));
  }));

test('a query at a height and a stream from that height together hold everything once', () =>
  withDatabase(async (database, session) => {
    let stop = false;
    let id = 0;
    const writer = (async () => {
      while (!stop) await insert(database, session, 'a', id++);
    })();
    for (let round = 0; round < 20; round += 1) {
      const answer = await database.read(session, { kind: 'find', collection: 'a', limit: 100_000 });
      const found = (JSON.parse(answer.text!) as { _id: number }[]).map(({ _id }) => _id);
      const [first] = await take(database.watch(session, { collection: 'a', since: afterHeight(answer.height) }), 1);
      assert.equal(first!.id, found.length);
    }
    stop = true;
    await writer;
  }));

test('a stream resumes after any position', () =>
  withDatabase(async (database, session) => {
    for (let id = 0; id < 30; id += 1) await insert(database, session, 'a', id);
    const all = await take(database.watch(session, { since: 0 }), 32);
    for (const [index, { position }] of all.entries()) {
      if (index === all.length - 1) break;
      const [next] = await take(database.watch(session, { since: position }), 1);
      assert.deepEqual(next, all[index + 1]);
    }
  }));

test('a signal ends a stream, also while it waits', () =>
  withDatabase(async (database, session) => {
    const controller = new AbortController();
    const stream = database.watch(session, { signal: controller.signal });
    const next = stream.next();
    controller.abort();
    assert.deepEqual(await next, { done: true, value: undefined });
    const ended = database.watch(session, { since: 0, signal: controller.signal });
    assert.equal((await ended.next()).done, true);
  }));

test('without a position it begins now, and a position ahead of the log is refused', () =>
  withDatabase(async (database, session) => {
    await insert(database, session, 'a', 1);
    const seen = take(database.watch(session, {}), 1);
    await insert(database, session, 'a', 2);
    assert.equal((await seen)[0]!.id, 2);
    const ahead = afterHeight(database.head().height) + 1;
    assert.throws(() => database.watch(session, { since: ahead }), { code: 'invalid_position' });
    assert.throws(() => database.watch(session, { since: 0.5 }), { code: 'invalid_position' });
    assert.throws(() => database.watch(session, { collection: 'c' }), { code: 'unknown_collection' });
  }));

test('closing the database ends its streams', async () => {
  using folder = temporaryFolder();
  const running = await openDatabase(folder.path);
  const { database, session } = running;
  await database.execute(session, { type: 'createCollection', collection: 'a', options: {} });
  const waiting = database.watch(session, {}).next();
  const reading = database.watch(session, { since: 0 });
  assert.equal((await reading.next()).done, false);
  await running.close();
  assert.equal((await waiting).done, true);
  assert.equal((await reading.next()).done, true);
});
