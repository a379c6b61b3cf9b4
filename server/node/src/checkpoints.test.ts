import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Operation } from '@aerolithdb/protocol';
import { LogClient } from './log-client.ts';
import { openDatabase } from './open-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Together several times as much as the log holds before it begins anew. */
const ROUNDS = 60;
const BATCH = 100;
const TEXT = 'x'.repeat(16_000);
const LOG_BYTES_MAX = 64 * 1_048_576;

test('under writes the log is moved meanwhile, stays small, and nothing is lost', { timeout: 120_000 }, async () => {
  using folder = temporaryFolder();
  await using running = await openDatabase(folder.path);
  const { database, session } = running;
  await database.execute(session, { type: 'createCollection', collection: 'c', options: {} });
  const insert = (round: number) => {
    const documents = Array.from({ length: BATCH }, (_, n) => `{"_id":${round * BATCH + n},"text":"${TEXT}"}`);
    return database.execute(session, { type: 'insert', collection: 'c', documents });
  };
  for (let round = 0; round < ROUNDS; round += 2) await Promise.all([insert(round), insert(round + 1)]);
  assert.ok(statSync(join(folder.path, 'aerolith.db-wal')).size < LOG_BYTES_MAX);
  assert.equal(
    (await database.read(session, { kind: 'count', collection: 'c', filter: '{"_id":{"$gte":0}}' })).count,
    ROUNDS * BATCH,
  );
});

test('a log that is closed in the middle of it is whole', { timeout: 60_000 }, async () => {
  using folder = temporaryFolder();
  const log = await LogClient.start({
    folder: folder.path,
    engine: {},
    waitingCommandsMax: 1000,
    waitingBytesMax: 100_000_000,
  });
  const command = (n: number, operation: Operation) => ({
    id: `c${n}`,
    actor: 'local',
    operation,
  });
  await log.submit(command(0, { type: 'createCollection', collection: 'c', options: {} }));
  const inserts = Array.from({ length: 20 }, (_, n) => {
    const documents = Array.from({ length: 60 }, (_, k) => `{"_id":${n * 60 + k},"text":"${TEXT}"}`);
    return log.submit(command(n + 1, { type: 'insert', collection: 'c', documents }));
  });
  await inserts.at(-1);
  await Promise.all([...inserts, log.close()]);
  await using running = await openDatabase(folder.path);
  assert.equal((await running.database.read(running.session, { kind: 'count', collection: 'c' })).count, 1200);
});
