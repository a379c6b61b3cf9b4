import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { LinesRequest } from '@aerolithdb/protocol';
import { openWriter } from '@aerolithdb/storage';
import { insert, namesIn, pathIn, taken } from '../backup/testing/backup-folders.ts';
import type { RunningDatabase } from '../node.ts';
import { openDatabase } from '../open-database.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const ALL: LinesRequest = { kind: 'find', collection: 'c' };
/** More than goes through memory: 27 MB. */
const LARGE = Array.from({ length: 30 }, (_, n) => `{"_id":${n},"text":"${`${n % 10}`.repeat(900_000)}"}`);

async function openWith(folder: string, documents: readonly string[]): Promise<RunningDatabase> {
  const db = await openDatabase(folder);
  await db.database.execute(db.session, { type: 'createCollection', collection: 'c', options: {} });
  for (let first = 0; first < documents.length; first += 4)
    await db.database.execute(db.session, { type: 'insert', collection: 'c', documents: documents.slice(first, first + 4) });
  return db;
}

function linesOf(documents: readonly string[]): string {
  return documents.map((document) => `${document}\n`).join('');
}

test('an export under writes is the state at its height', { timeout: 60_000 }, async () => {
  using temporary = temporaryFolder();
  await using db = await openWith(pathIn(temporary, 'data'), ['{"_id":"x","n":0}', ...LARGE, '{"_id":"y","n":0}']);
  const stop = new AbortController();
  const writing = countBoth(db, stop.signal);
  for (let round = 0; round < 3; round++) {
    const { height, bytes } = await db.database.export(db.session, ALL);
    assert.ok(height <= db.database.head().height);
    let text = '';
    for await (const piece of bytes) {
      const before = db.database.head().height;
      text += piece;
      while (db.database.head().height === before) await pause(1);
    }
    const counts = [...text.matchAll(/"n":(\d+)/g)].map((match) => match[1]);
    assert.equal(counts.length, 2);
    assert.equal(counts[0], counts[1]);
    assert.equal(text.split('\n').length, LARGE.length + 3);
  }
  stop.abort();
  await writing;
});

/** Both counters at once, again and again: a state in which they differ never was. */
async function countBoth(db: RunningDatabase, signal: AbortSignal): Promise<void> {
  const operations = ['x', 'y'].map((id) => ({
    type: 'update' as const,
    collection: 'c',
    filter: `{"_id":"${id}"}`,
    update: '{"$inc":{"n":1}}',
  }));
  while (!signal.aborted) await db.database.execute(db.session, { type: 'transaction', operations });
}

test('a reader that stops holds neither the log nor writes, and gets everything all the same', { timeout: 60_000 }, async () => {
  using temporary = temporaryFolder();
  const data = pathIn(temporary, 'data');
  await using db = await openWith(data, LARGE);
  const { bytes } = await db.database.export(db.session, ALL);
  const iterator = bytes[Symbol.asyncIterator]();
  const pieces = [(await iterator.next()).value as Buffer];
  for (let n = 0; n < 20; n++) await insert(db, 1000 + n);
  const second = openWriter(data);
  let state = second.checkpoint();
  while (state.moved < state.pages) {
    await pause(5);
    state = second.checkpoint();
  }
  assert.ok(state.pages > 0);
  second.close();
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) pieces.push(next.value);
  assert.ok(Buffer.concat(pieces).toString() === linesOf(LARGE));
});

test('exports are bounded in number, and leave nothing when they are given up', { timeout: 60_000 }, async () => {
  using temporary = temporaryFolder();
  const data = pathIn(temporary, 'data');
  await using db = await openWith(data, LARGE);
  const before = namesIn(data);
  const begun = await Promise.all([1, 2, 3, 4].map(() => db.database.export(db.session, ALL)));
  await assert.rejects(db.database.export(db.session, ALL), { code: 'overloaded' });
  assert.deepEqual(namesIn(data), before);
  await begun[0]!.bytes[Symbol.asyncIterator]().next();
  for (const { close } of begun) await close();
  const stop = new AbortController();
  const iterator = (await db.database.export(db.session, ALL, stop.signal)).bytes[Symbol.asyncIterator]();
  await iterator.next();
  stop.abort();
  await assert.rejects(
    async () => {
      while (!(await iterator.next()).done);
    },
    { code: 'log_closed' },
  );
  const other = await db.database.export(db.session, ALL);
  await db.close();
  await assert.rejects(taken(other.bytes), { code: 'log_closed' });
});

test('what is refused is refused before a byte, and the thread goes on to the next', async () => {
  using temporary = temporaryFolder();
  await using db = await openWith(pathIn(temporary, 'data'), ['{"_id":1}', '{"_id":2,"at":{"$date":0}}']);
  for (const [request, code] of [
    [{ ...ALL, collection: 'd' }, 'unknown_collection'],
    [{ ...ALL, filter: '{"a":{"$gq":1}}' }, 'unknown_operator'],
    [{ ...ALL, hint: 'none' }, 'unknown_index'],
    [{ ...ALL, at: { height: 99 } }, 'invalid_position'],
    [{ ...ALL, at: { time: Date.now() + 100_000 } }, 'invalid_position'],
  ] as const)
    await assert.rejects(db.database.export(db.session, request), { code });
  const { bytes } = await db.database.export(db.session, { ...ALL, filter: '{"_id":{"$gt":1}}' });
  assert.equal(String(await taken(bytes)), '{"_id":2,"at":{"$date":"1970-01-01T00:00:00Z"}}\n');
  assert.equal(String(await taken((await db.database.export(db.session, { ...ALL, filter: '{"no":1}' })).bytes)), '');
});
