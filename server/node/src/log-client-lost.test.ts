import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { type Command, LIMITS } from '@aerolithdb/protocol';
import { LogClient } from './log-client.ts';
import { temporaryFolder } from './temporary-folder.ts';

const SYNC_MS = 300;

const command = (n: number): Command => ({
  id: `c${n}`,
  actor: 'test',
  operation: { type: 'createCollection', collection: `c${n}`, options: {} },
});

/** A disk that syncs, and takes its time to say so. */
function slowDisk(context: TestContext): void {
  const { fdatasync } = fs;
  context.mock.method(fs, 'fdatasync', (descriptor: number, callback: fs.NoParamCallback) =>
    fdatasync(descriptor, (error) => setTimeout(callback, SYNC_MS, error)),
  );
  syncBuiltinESMExports();
}

// The end of that sync must not be told to callers who have been told of the loss: it would end the process.
test('a writer that is lost while its block is synced fails its callers, once', { timeout: 60_000 }, async (context) => {
  using folder = temporaryFolder();
  let writer: Worker | undefined;
  process.once('worker', (worker) => {
    writer = worker;
  });
  const limits = { waitingCommandsMax: 10, waitingBytesMax: LIMITS.blockBytes };
  const log = await LogClient.start({ folder: folder.path, engine: {}, ...limits });
  slowDisk(context);
  const waiting = log.submit(command(1));
  await pause(SYNC_MS / 2);
  await writer!.terminate();
  await assert.rejects(waiting, { code: 'internal' });
  await pause(SYNC_MS);
  assert.equal(log.head().height, 1);
  await log.close();
  context.mock.restoreAll();
  syncBuiltinESMExports();
});
