import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReadAnswer } from '@aerolithdb/protocol';
import { openDatabase } from './open-database.ts';
import { PendingRead } from './pending-read.ts';
import { ReaderThread } from './reader-thread.ts';
import { temporaryFolder } from './temporary-folder.ts';

type Asked = { readonly read: PendingRead; readonly answer: Promise<ReadAnswer> };

function ask(height: number): Asked {
  const { promise, resolve, reject } = Promise.withResolvers<ReadAnswer>();
  return { read: new PendingRead({ kind: 'block', height }, 0, resolve, reject), answer: promise };
}

test('what is taken back before the thread came to it is not done, and the read left to it is answered', async () => {
  using folder = temporaryFolder();
  const running = await openDatabase(folder.path);
  await running.database.execute(running.session, { type: 'createCollection', collection: 'c', options: {} });
  await running.close();
  const thread = new ReaderThread(
    folder.path,
    {},
    { onProgress: () => undefined, onRead: () => undefined, onLost: (_thread, _left, why) => assert.fail(why) },
  );
  for (let round = 0; round < 3; round += 1) {
    const [first, second, third] = [ask(1), ask(1), ask(1)];
    thread.run([first.read, second.read, third.read], 0, Number.POSITIVE_INFINITY);
    assert.deepEqual(thread.takeBack(), [second.read, third.read]);
    assert.match((await first.answer).text!, /"height":1/);
    assert.deepEqual([thread.isIdle, second.read.isSettled, third.read.isSettled], [true, false, false]);
  }
  await thread.end();
});
