import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ReadRequest } from '@aerolithdb/protocol';
import { openDatabase } from './open-database.ts';
import { ReaderPool, type ReaderPoolOptions } from './reader-pool.ts';
import { temporaryFolder } from './temporary-folder.ts';

const DOCUMENTS = 60;
/** Evaluated in JavaScript, `times` over 2.4 MB of text. */
function slow(times: number): ReadRequest {
  const parts = Array.from({ length: times }, (_, n) => `{"t":{"$regex":"^(a|b)*[bc]{${n + 3}}$"}}`);
  return { kind: 'count', collection: 'texts', filter: `{"$or":[${parts.join(',')}]}` };
}

const QUICK: ReadRequest = { kind: 'count', collection: 'texts' };
/** Above the time in which a thread starts. */
const TIMEOUT_MS = 1500;

describe('ReaderPool', () => {
  const folder = temporaryFolder();

  before(async () => {
    await using running = await openDatabase(folder.path);
    const { database, session } = running;
    await database.execute(session, { type: 'createCollection', collection: 'texts', options: {} });
    for (let id = 0; id < DOCUMENTS; id += 1) {
      const documents = [`{"_id":${id},"t":"${'ab'.repeat(20_000)}"}`];
      await database.execute(session, { type: 'insert', collection: 'texts', documents });
    }
  });

  after(() => folder[Symbol.dispose]());

  async function withPool(options: Partial<ReaderPoolOptions>, work: (pool: ReaderPool) => Promise<void>): Promise<void> {
    const pool = new ReaderPool({ folder: folder.path, reader: {}, threads: 1, timeoutMs: 60_000, waitingMax: 1000, ...options });
    try {
      await work(pool);
    } finally {
      await pool.close();
    }
  }

  test('many reads at once are each answered', () =>
    withPool({ threads: 2 }, async (pool) => {
      const ids = Array.from({ length: 500 }, (_, n) => n % DOCUMENTS);
      const answers = await Promise.all(
        ids.map((id) => pool.read({ kind: 'find', collection: 'texts', filter: `{"_id":${id}}`, projection: '{"_id":1}' })),
      );
      assert.deepEqual(
        answers.map(({ text }) => text),
        ids.map((id) => `[{"_id":${id}}]`),
      );
    }));

  test('other limits hold from the next read on, and no read is lost when threads come and go', () =>
    withPool({ threads: 1, waitingMax: 1000 }, async (pool) => {
      const counts = (reads: number) => Promise.all(Array.from({ length: reads }, () => pool.read(QUICK)));
      const before = counts(200);
      pool.setLimits({ threads: 3, timeoutMs: 60_000, waitingMax: 1000 });
      const between = counts(200);
      await new Promise((resolve) => setImmediate(resolve));
      pool.setLimits({ threads: 1, timeoutMs: 60_000, waitingMax: 2 });
      const answers = [...(await before), ...(await between)];
      assert.ok(answers.every(({ count }) => count === DOCUMENTS));
      const ends = await Promise.allSettled(Array.from({ length: 3 }, () => pool.read(QUICK)));
      assert.deepEqual(
        ends.map((end) => (end.status === 'fulfilled' ? 'answered' : end.reason.code)),
        ['answered', 'answered', 'overloaded'],
      );
    }));

  test('the error of a read is its own', () =>
    withPool({}, async (pool) => {
      const ends = await Promise.allSettled([pool.read(QUICK), pool.read({ ...QUICK, collection: 'text' }), pool.read(QUICK)]);
      assert.deepEqual(
        ends.map((end) => (end.status === 'fulfilled' ? end.value.count : end.reason.code)),
        [DOCUMENTS, 'unknown_collection', DOCUMENTS],
      );
    }));

  test('a read that takes too long ends with timeout, and what waited behind it is answered', () =>
    withPool({ timeoutMs: TIMEOUT_MS }, async (pool) => {
      await pool.read(QUICK);
      const long = pool.read(slow(150));
      const behind = waitABit().then(() => Promise.all([pool.read(QUICK), pool.read(QUICK)]));
      await assert.rejects(long, { code: 'timeout', message: /count took longer than 1500 ms/ });
      assert.deepEqual(
        (await behind).map(({ count }) => count),
        [DOCUMENTS, DOCUMENTS],
      );
    }));

  test('a pipeline without end is ended by its time, one that holds too much by its memory, and the reader goes on', () =>
    withPool({ timeoutMs: TIMEOUT_MS }, async (pool) => {
      await pool.read(QUICK);
      const numbers = '{"$set":{"t":{"$range":[0,20000]}}},{"$unwind":"$t"}';
      const aggregate = (stages: string) =>
        pool.read({ kind: 'aggregate', collection: 'texts', pipeline: `[${stages}]`, allowDiskUse: false });
      const endless = `{"$project":{"_id":1}},${numbers},${numbers},{"$count":"n"}`;
      await assert.rejects(aggregate(endless), { code: 'timeout', message: /aggregate took longer/ });
      const loop = (cond: string) => `{"$size":{"$filter":{"input":{"$range":[0,1000000]},"cond":${cond}}}}`;
      const looping = pool.read({
        kind: 'find',
        collection: 'texts',
        filter: `{"$expr":${loop(loop('{"$eq":["$_id",-1]}'))}}`,
      });
      await assert.rejects(looping, { code: 'timeout' });
      await assert.rejects(aggregate('{"$facet":{"a":[],"b":[],"c":[]}},{"$sort":{"a":1}},{"$unwind":"$a"},{"$sort":{"a":1}}'), {
        code: 'pipeline_too_large',
      });
      assert.equal((await pool.read(QUICK)).count, DOCUMENTS);
    }));

  test('a read whose caller has left is ended, waiting or running, and the reader goes on', () =>
    withPool({ timeoutMs: 3_600_000 }, async (pool) => {
      await pool.read(QUICK);
      const [running, waiting] = [new AbortController(), new AbortController()];
      const long = pool.read(slow(3000), running.signal);
      await waitABit();
      const behind = pool.read(slow(3000), waiting.signal);
      const wanted = pool.read(QUICK);
      waiting.abort();
      await assert.rejects(behind, { code: 'timeout', message: /its caller no longer waits/ });
      running.abort();
      await assert.rejects(long, { code: 'timeout', message: /its caller no longer waits/ });
      // Each of the long ones takes many minutes.
      assert.equal((await wanted).count, DOCUMENTS);
      await assert.rejects(pool.read(QUICK, AbortSignal.abort()), { code: 'timeout' });
    }));

  test('a read that needs more memory than its thread may have ends with query_too_large, as often as it is sent', () =>
    withPool({ reader: { heapMegabytes: 32 } }, async (pool) => {
      const texts = '{"$map":{"input":{"$range":[0,900000]},"in":{"$toUpper":{"$toString":"$$this"}}}}';
      const pipeline = `[{"$limit":3},{"$project":{"x":${texts}}},{"$group":{"_id":null,"x":{"$push":"$x"}}}]`;
      for (let n = 0; n < 5; n++)
        await assert.rejects(pool.read({ kind: 'aggregate', collection: 'texts', pipeline }), { code: 'query_too_large' });
      assert.equal((await pool.read(QUICK)).count, DOCUMENTS);
    }));

  test('more reads than may wait are refused', () =>
    withPool({ waitingMax: 10 }, async (pool) => {
      const ends = await Promise.allSettled(Array.from({ length: 15 }, () => pool.read(QUICK)));
      const codes = ends.map((end) => (end.status === 'fulfilled' ? 'answered' : end.reason.code));
      assert.deepEqual(codes, [...Array(10).fill('answered'), ...Array(5).fill('overloaded')]);
    }));

  test('an idle thread takes over what waits behind a long read', () =>
    withPool({ threads: 2 }, async (pool) => {
      await Promise.all([pool.read(QUICK), pool.read(QUICK)]);
      const ended: string[] = [];
      const long = pool.read(slow(40)).then(() => ended.push('long'));
      const quick = Array.from({ length: 30 }, () => pool.read(QUICK).then(() => ended.push('quick')));
      await Promise.all(quick);
      assert.deepEqual(ended, Array(30).fill('quick'));
      await long;
    }));

  test('every read is answered, however often it is moved between threads', () =>
    withPool({ threads: 2 }, async (pool) => {
      for (let round = 0; round < 6; round += 1) {
        const requests = Array.from({ length: 70 }, (_, n): ReadRequest => (n % 23 === 0 ? slow(1) : QUICK));
        const answers = await Promise.all(requests.map((request) => pool.read(request)));
        assert.deepEqual(
          answers.map(({ count }) => count),
          requests.map((request): number => (request === QUICK ? DOCUMENTS : 0)),
        );
      }
    }));

  test('a closed pool refuses', () =>
    withPool({}, async (pool) => {
      const begun = pool.read(QUICK);
      const closed = pool.close();
      await assert.rejects(begun, { code: 'log_closed' });
      await closed;
      await assert.rejects(pool.read(QUICK), { code: 'log_closed' });
    }));
});

function waitABit(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}
