import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openWriter } from '@aerolithdb/storage';
import type { RunningDatabase } from '../node.ts';
import { openDatabase } from '../open-database.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { restoreBackups } from './restore-backups.ts';
import { insert, namesIn, pathIn, taken, textsOf } from './testing/backup-folders.ts';

const COUNTERS = ['x', 'y'];
const STARTED = 400;

async function openLoaded(folder: string): Promise<RunningDatabase> {
  const db = await openDatabase(folder);
  await db.database.execute(db.session, { type: 'createCollection', collection: 'c', options: {} });
  for (let first = 0; first < STARTED; first += 100) {
    const documents = Array.from({ length: 100 }, (_, n) => `{"_id":${first + n},"text":"${'some text '.repeat(300)}"}`);
    await db.database.execute(db.session, { type: 'insert', collection: 'c', documents });
  }
  const documents = COUNTERS.map((id) => `{"_id":"${id}","n":0}`);
  await db.database.execute(db.session, { type: 'insert', collection: 'c', documents });
  return db;
}

/** Both counters at once, again and again: a state in which they differ never was. */
async function count(db: RunningDatabase, signal: AbortSignal): Promise<number> {
  let done = 0;
  for (; !signal.aborted; done++) {
    const operations = COUNTERS.map((id) => ({
      type: 'update' as const,
      collection: 'c',
      filter: `{"_id":"${id}"}`,
      update: '{"$inc":{"n":1}}',
    }));
    await db.database.execute(db.session, { type: 'transaction', operations });
    await insert(db, 1_000_000 + done);
  }
  return done;
}

/** Takes a first piece and lets the rest wait. */
async function first(bytes: AsyncIterable<Buffer>): Promise<void> {
  await bytes[Symbol.asyncIterator]().next();
}

test('a backup under writes is the state at its height, and both go on', { timeout: 60_000 }, async () => {
  using temporary = temporaryFolder();
  await using db = await openLoaded(pathIn(temporary, 'data'));
  const stop = new AbortController();
  const counting = count(db, stop.signal);
  while (db.database.head().height < 20) await pause(1);
  const full = await db.database.backup(db.session);
  assert.ok(full.head.height <= db.database.head().height);
  const pieces: Buffer[] = [];
  for await (const piece of full.bytes) {
    pieces.push(piece);
    const { height } = db.database.head();
    while (db.database.head().height === height) await pause(1);
  }
  const more = await db.database.backup(db.session, { since: full.head.height });
  const rest = await taken(more.bytes);
  stop.abort();
  await counting;
  assert.ok(more.head.height > full.head.height);
  const files = [pathIn(temporary, 'full'), pathIn(temporary, 'more')];
  writeFileSync(files[0]!, Buffer.concat(pieces));
  writeFileSync(files[1]!, rest);
  for (const [index, head] of [full.head, more.head].entries()) {
    const folder = pathIn(temporary, `restored-${index}`);
    await restoreBackups({ backups: files.slice(0, index + 1), folder });
    await using copy = await openDatabase(folder);
    assert.deepEqual(copy.database.head(), head);
    assert.equal(await textsOf(copy), await textsOf(db, { height: head.height }));
  }
});

test('a reader that stops holds neither the write-ahead log nor the writes', { timeout: 60_000 }, async () => {
  using temporary = temporaryFolder();
  const data = pathIn(temporary, 'data');
  await using db = await openLoaded(data);
  const { bytes, close } = await db.database.backup(db.session);
  await first(bytes);
  for (let n = 0; n < 50; n++) await insert(db, 2_000_000 + n);
  const second = openWriter(data);
  let state = second.checkpoint();
  while (state.moved < state.pages) {
    await pause(5);
    state = second.checkpoint();
  }
  assert.ok(state.pages > 0);
  await close();
  second.close();
});

test('backups are bounded in number, and leave nothing when they are given up', { timeout: 60_000 }, async () => {
  using temporary = temporaryFolder();
  const data = pathIn(temporary, 'data');
  await using db = await openLoaded(data);
  const before = namesIn(data);
  const begun = [await db.database.backup(db.session), await db.database.backup(db.session)];
  await assert.rejects(db.database.backup(db.session), { code: 'overloaded' });
  assert.deepEqual(namesIn(data), before);
  await first(begun[0]!.bytes);
  for (const { close } of begun) await close();
  const stop = new AbortController();
  const aborted = await db.database.backup(db.session, { signal: stop.signal });
  const other = await db.database.backup(db.session);
  const iterator = aborted.bytes[Symbol.asyncIterator]();
  await iterator.next();
  stop.abort();
  await assert.rejects(
    async () => {
      while (!(await iterator.next()).done);
    },
    { code: 'log_closed' },
  );
  await db.close();
  await assert.rejects(taken(other.bytes), { code: 'log_closed' });
});

test('a height that is ahead of the log is refused, and the next backup is not', async () => {
  using temporary = temporaryFolder();
  await using db = await openDatabase(pathIn(temporary, 'data'));
  for (let n = 0; n < 3; n++) await assert.rejects(db.database.backup(db.session, { since: 5 }), { code: 'invalid_position' });
  assert.ok((await taken((await db.database.backup(db.session, { since: 0 })).bytes)).length > 0);
});
