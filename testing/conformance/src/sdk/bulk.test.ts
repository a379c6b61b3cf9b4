import assert from 'node:assert/strict';
import { BulkWriteError, ObjectId } from '@aerolithdb/client';
import { code, onEachSite } from './on-each-site.ts';

type Job = { _id: number; state: string; tries: number; parts?: number[] };

const job = (_id: number): Job => ({ _id, state: 'waiting', tries: 0 });

onEachSite('bulk', {
  'each write does what the method of its name does, in their order': async ({ db, name }) => {
    const jobs = db.collection<Job>(name);
    await jobs.insertMany([job(1), job(2), { ...job(3), parts: [1, 5] }]);
    const done = await jobs.bulkWrite([
      { insertOne: { document: job(4) } },
      { updateOne: { filter: { state: 'waiting' }, update: { $set: { state: 'taken' } }, sort: { _id: -1 } } },
      { updateMany: { filter: { _id: { $lte: 2 } }, update: { $inc: { tries: 1 } } } },
      { updateOne: { filter: { _id: 3 }, update: { $set: { 'parts.$[big]': 9 } }, arrayFilters: [{ big: { $gt: 2 } }] } },
      { replaceOne: { filter: { _id: 1 }, replacement: { state: 'new', tries: 7 } } },
      { replaceOne: { filter: { _id: 5 }, replacement: { state: 'made', tries: 0 }, upsert: true } },
      { updateOne: { filter: { _id: 6 }, update: { $set: { state: 'made', tries: 0 } }, upsert: true } },
      { deleteOne: { filter: { tries: 1 } } },
      { deleteMany: { filter: { _id: { $gt: 5 } } } },
    ]);
    const { receipt, ...counts } = done;
    assert.deepEqual(counts, {
      insertedCount: 1,
      matchedCount: 5,
      modifiedCount: 5,
      deletedCount: 2,
      upsertedCount: 2,
      insertedIds: { 0: 4 },
      upsertedIds: { 5: 5, 6: 6 },
    });
    assert.ok(receipt.height > 0);
    assert.deepEqual(await jobs.find().sort({ _id: 1 }).toArray(), [
      { _id: 1, state: 'new', tries: 7 },
      { _id: 3, state: 'waiting', tries: 0, parts: [1, 9] },
      { _id: 4, state: 'taken', tries: 0 },
      { _id: 5, state: 'made', tries: 0 },
    ]);
  },

  'ordered, the first that is refused ends it, and what went before stays': async ({ db, name }) => {
    const jobs = db.collection<Job>(name);
    const error = await failure(
      jobs.bulkWrite([
        { insertOne: { document: job(1) } },
        { insertOne: { document: job(1) } },
        { insertOne: { document: job(2) } },
      ]),
    );
    assert.equal(error.code, 'duplicate_id');
    assert.equal(error.details.write, 1);
    assert.deepEqual(
      error.failures.map(({ index, error: { code } }) => [index, code]),
      [[1, 'duplicate_id']],
    );
    assert.deepEqual([error.result.insertedCount, error.result.insertedIds], [1, { 0: 1 }]);
    assert.equal(await jobs.count(), 1);
  },

  'not ordered, all are tried, and each refusal is told': async ({ db, name }) => {
    const jobs = db.collection<Job>(name);
    const { receipt } = await jobs.insertOne(job(1));
    const error = await failure(
      jobs.bulkWrite(
        [
          { insertOne: { document: job(1) } },
          { updateOne: { filter: { _id: 1 }, update: { $inc: { tries: 1 } }, ifVersion: receipt.version - 1 } },
          { updateOne: { filter: { _id: 1 }, update: { $inc: { tries: 1 } }, ifVersion: receipt.version } },
          { updateOne: { filter: { _id: 1 }, update: { $push: { parts: 1 } } } },
          { insertOne: { document: job(2) } },
        ],
        { ordered: false },
      ),
    );
    assert.match(error.message, /^Write 0 of the bulk: .* 2 writes were refused\.$/);
    assert.deepEqual(
      error.failures.map(({ index, error: { code } }) => [index, code]),
      [
        [0, 'duplicate_id'],
        [1, 'version_conflict'],
      ],
    );
    assert.deepEqual([error.result.insertedCount, error.result.modifiedCount], [1, 2]);
    assert.deepEqual(await jobs.get(1), { ...job(1), tries: 1, parts: [1] });
  },

  'more writes than one command holds are carried out in several': async ({ db, name }) => {
    const jobs = db.collection<{ n: number }>(name);
    const count = 2500;
    const writes = Array.from({ length: count }, (_, n) => ({ insertOne: { document: { n } } }));
    const done = await jobs.bulkWrite(writes);
    assert.equal(done.insertedCount, count);
    assert.ok(done.insertedIds[count - 1] instanceof ObjectId);
    assert.equal(await jobs.count(), count);
    const gone = await jobs.bulkWrite([
      { updateMany: { filter: {}, update: { $inc: { n: 1 } } } },
      { deleteMany: { filter: {} } },
    ]);
    assert.deepEqual([gone.modifiedCount, gone.deletedCount], [count, count]);
  },

  'what cannot be tried is refused as a whole': async ({ db, name }) => {
    const jobs = db.collection<Job>(name);
    const good = { insertOne: { document: job(1) } };
    await assert.rejects(jobs.bulkWrite([]), code('invalid_command'));
    await assert.rejects(db.collection(name).bulkWrite([good, { upsertOne: {} } as never]), code('invalid_command'));
    const unusable: readonly unknown[] = [
      3,
      {},
      { ...good, deleteOne: { filter: {} } },
      { insertOne: { doc: {} } },
      { deleteOne: { filtr: {} } },
      { deleteOne: {} },
    ];
    for (const write of unusable) {
      const refused = code(JSON.stringify(write) === '{"deleteOne":{}}' ? 'invalid_value' : 'invalid_command');
      await assert.rejects(db.collection(name).bulkWrite([write] as never), refused);
    }
    await assert.rejects(db.collection(name).bulkWrite(good as never), code('invalid_command'));
    await assert.rejects(jobs.bulkWrite([good], { orderd: false } as never), code('invalid_command'));
    const byState = { replaceOne: { filter: { state: 'x' }, replacement: job(2) } };
    await assert.rejects(db.collection(name).bulkWrite([good, byState as never]), code('invalid_command'));
    const large = { insertOne: { document: { _id: 'x', text: 'x'.repeat(1_100_000) } } };
    await assert.rejects(db.collection(name).bulkWrite([good, large]), code('document_too_large'));
    assert.equal(await jobs.count(), 0);
    const error = await failure(db.collection('nowhere').bulkWrite([good]));
    assert.equal(error.code, 'unknown_collection');
  },
});

async function failure(work: Promise<unknown>): Promise<BulkWriteError> {
  const error = await work.then(
    () => assert.fail('nothing was refused'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof BulkWriteError, String(error));
  return error;
}
