import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from './open-database.ts';
import { PendingRead } from './pending-read.ts';
import { ReaderThread } from './reader-thread.ts';
import { temporaryFolder } from './temporary-folder.ts';

const BLOCKS = 400;
const ROUNDS = 30;

async function writeBlocks(folder: string): Promise<void> {
  await using running = await openDatabase(folder);
  await running.database.execute(running.session, { type: 'createCollection', collection: 'c', options: {} });
  for (let n = 1; n < BLOCKS; n++)
    await running.database.execute(running.session, { type: 'insert', collection: 'c', documents: [`{"_id":${n}}`] });
}

/** Reads of all blocks, newest last; resolves when the first is answered. */
function readAll(thread: ReaderThread): Promise<void> {
  return new Promise((resolve) => {
    const read = (height: number) => new PendingRead({ kind: 'block', height }, 0, () => resolve(), assert.fail);
    const heights = Array.from({ length: BLOCKS }, (_, index) => index + 1);
    thread.run(heights.map(read), 0, Number.POSITIVE_INFINITY);
  });
}

// Were a thread ended inside of zstd, this process would end with it.
test('readers that decompress blocks are ended at any moment, and the process lives on', { timeout: 60_000 }, async () => {
  using folder = temporaryFolder();
  await writeBlocks(folder.path);
  const events = { onProgress: () => undefined, onRead: () => undefined, onLost: () => assert.fail('It ended by itself.') };
  for (let round = 0; round < ROUNDS; round++) {
    const thread = new ReaderThread(folder.path, {}, events);
    await readAll(thread);
    await pause((round % 10) / 2);
    assert.ok((await thread.end()).length <= BLOCKS);
  }
});
