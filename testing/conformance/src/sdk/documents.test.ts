import assert from 'node:assert/strict';
import { Binary, Decimal128, Double, ObjectId, Timestamp } from '@aerolithdb/client';
import { code, onEachSite } from './on-each-site.ts';

type City = { _id: string; name: string; population: number; tags?: string[]; at?: { lat: number; lon: number } };

const OSLO: City = { _id: 'oslo', name: 'Oslo', population: 709_037, tags: ['capital', 'port'], at: { lat: 59.9, lon: 10.7 } };
const BERGEN: City = { _id: 'bergen', name: 'Bergen', population: 291_940, tags: ['port'] };

onEachSite('documents', {
  'what is inserted is read back, by id, by filter and by version': async ({ db, name }) => {
    const cities = db.collection<City>(name);
    const { insertedId, receipt } = await cities.insertOne(OSLO);
    assert.equal(insertedId, 'oslo');
    assert.deepEqual(await cities.get('oslo'), OSLO);
    assert.deepEqual(await cities.getVersioned('oslo'), { document: OSLO, version: receipt.version });
    assert.deepEqual(await cities.findOne({ name: 'Oslo' }), OSLO);
    assert.equal(await cities.get('nowhere'), null);
    assert.equal(await cities.getVersioned('nowhere'), null);
    assert.equal(await cities.findOne({ name: 'Nowhere' }), null);
  },

  'an id that is a word of JSON is read with its version, and is not the text of that word': async ({ db, name }) => {
    const words = db.collection<{ _id: unknown }>(name);
    for (const id of [null, true, false, 'null', 'true', 'false']) {
      const { receipt } = await words.insertOne({ _id: id });
      assert.deepEqual(await words.getVersioned(id), { document: { _id: id }, version: receipt.version });
    }
  },

  'every type goes in and comes out, in its order': async ({ db, name }) => {
    const bytes = Uint8Array.of(0, 127, 255);
    const document = {
      _id: 1,
      text: 'ü\u{1f30a}\n"',
      whole: 5,
      fraction: 0.1,
      safe: 9_007_199_254_740_991,
      long: 9_223_372_036_854_775_807n,
      date: new Date(1_700_000_000_123),
      early: new Date(-62_135_596_800_000),
      oid: new ObjectId('0123456789abcdef01234567'),
      bytes,
      uuid: new Binary(new Uint8Array(16), 4),
      decimal: new Decimal128('1.50'),
      stamp: new Timestamp(7, 8),
      pattern: /^a.b$/i,
      yes: true,
      nothing: null,
      list: [1, [2, { three: 3 }]],
      nested: { z: 1, a: { b: [] } },
    };
    const all = db.collection<typeof document>(name);
    await all.insertOne(document);
    const found = (await all.findOne({ _id: 1 }))!;
    assert.deepEqual(found, document);
    assert.deepEqual(Object.keys(found), Object.keys(document));
    assert.deepEqual((await all.get(1))?.long, document.long);
    assert.deepEqual(await all.findOne({ date: document.date, oid: document.oid, bytes, long: document.long }), document);
    await db.collection(name).insertOne({ _id: 2, whole: new Double(1), missing: undefined });
    assert.deepEqual(
      await db
        .collection(name)
        .find({ whole: { $type: 'double' } })
        .toArray(),
      [{ _id: 2, whole: 1 }],
    );
  },

  'a document without an id gets an object id, and it stands first': async ({ db, name }) => {
    const notes = db.collection<{ text: string }>(name);
    const { insertedIds } = await notes.insertMany([{ text: 'a' }, { text: 'b' }]);
    assert.ok(insertedIds.every((id) => id instanceof ObjectId));
    const found = (await notes.get(insertedIds[1]!))!;
    assert.deepEqual(Object.entries(found), [
      ['_id', insertedIds[1]],
      ['text', 'b'],
    ]);
  },

  'ids of every look are found': async ({ db, name }) => {
    const things = db.collection<{ _id: unknown }>(name);
    const ids = [
      '5',
      '"q"',
      '{"$oid":"x"}',
      '',
      '..',
      '.',
      'a/b?c#d%20',
      'ü',
      'true',
      '-1e5',
      5,
      5.5,
      true,
      new Date(0),
      { a: 1 },
    ];
    await things.insertMany(ids.map((_id) => ({ _id })));
    for (const id of ids) {
      assert.deepEqual(await things.get(id), { _id: id });
      assert.equal((await things.replaceOne({ _id: id }, { _id: id })).matchedCount, 1, String(id));
    }
  },

  'a document that is a hundred levels deep is inserted and read': async ({ db, name }) => {
    let deep: unknown = 1;
    for (let level = 0; level < 99; level += 1) deep = level % 2 === 0 ? [deep] : { a: deep };
    const documents = db.collection<{ _id: string; deep: unknown }>(name);
    await documents.insertOne({ _id: 'deep', deep });
    assert.deepEqual(await documents.get('deep'), { _id: 'deep', deep });
    assert.deepEqual(await documents.find().toArray(), [{ _id: 'deep', deep }]);
    await assert.rejects(documents.insertOne({ _id: 'deeper', deep: [deep] }), code('too_deep'));
  },

  'a batch is all or nothing, and refusals have their code': async ({ db, name }) => {
    const cities = db.collection<City>(name);
    await cities.insertOne(OSLO);
    await assert.rejects(cities.insertMany([BERGEN, OSLO]), code('duplicate_id'));
    assert.equal(await cities.count(), 1);
    await assert.rejects(cities.insertMany([]), code('invalid_command'));
    await assert.rejects(db.collection(name).insertOne({ $bad: 1 }), code('invalid_field_name'));
    await assert.rejects(db.collection(name).insertOne({ f: () => 1 }), code('invalid_value'));
    await assert.rejects(db.collection('citys').find().toArray(), code('unknown_collection'));
    await assert.rejects(
      db
        .collection(name)
        .find({ a: { $gte: 1, $between: 2 } })
        .toArray(),
      code('unknown_operator'),
    );
    await assert.rejects(db.collection(name).deleteMany({ _id: undefined }), code('invalid_filter'));
    await assert.rejects(db.collection(name).count({ $or: [{ a: 1 }, { b: { c: undefined } }] }), code('invalid_filter'));
  },

  'updates report what they did': async ({ db, name }) => {
    const cities = db.collection<City>(name);
    await cities.insertMany([OSLO, BERGEN]);
    const one = await cities.updateOne({ _id: 'oslo' }, { $inc: { population: 1 }, $push: { tags: 'new' } });
    assert.deepEqual([one.matchedCount, one.modifiedCount, one.upsertedId], [1, 1, null]);
    const same = await cities.updateOne({ _id: 'oslo' }, { $set: { name: 'Oslo' } });
    assert.deepEqual([same.matchedCount, same.modifiedCount], [1, 0]);
    const many = await cities.updateMany({ tags: 'port' }, { $set: { 'tags.0': 'first' } });
    assert.deepEqual([many.matchedCount, many.modifiedCount], [2, 2]);
    const upserted = await cities.updateOne({ _id: 'rome' }, { $set: { name: 'Rome', population: 1 } }, { upsert: true });
    assert.deepEqual([upserted.matchedCount, upserted.upsertedId], [0, 'rome']);
    const chosen = await cities.updateOne({}, { $set: { name: 'Least' } }, { sort: { population: 1 } });
    assert.equal(chosen.matchedCount, 1);
    assert.equal((await cities.get('rome'))?.name, 'Least');
    const filtered = { arrayFilters: [{ t: 'new' }] };
    assert.equal(
      (await cities.updateMany({ tags: { $exists: true } }, { $set: { 'tags.$[t]': 'newer' } }, filtered)).modifiedCount,
      1,
    );
    await assert.rejects(cities.updateOne({ _id: 'oslo' }, { $set: { name: 'x' } }, { ifVersion: 1 }), code('version_conflict'));
    await assert.rejects(db.collection(name).updateOne({}, { $inc: { name: 1 } }), code('invalid_update'));
  },

  'replacements by id and by filter keep the id': async ({ db, name }) => {
    const cities = db.collection<City>(name);
    await cities.insertMany([OSLO, BERGEN]);
    const byId = await cities.replaceOne({ _id: 'oslo' }, { name: 'Kristiania', population: 1 });
    assert.deepEqual([byId.matchedCount, byId.modifiedCount, byId.upsertedId], [1, 1, null]);
    assert.deepEqual(await cities.get('oslo'), { _id: 'oslo', name: 'Kristiania', population: 1 });
    const byName = await cities.replaceOne({ name: 'Bergen' }, { name: 'Bjørgvin', population: 2 });
    assert.deepEqual([byName.matchedCount, byName.modifiedCount], [1, 1]);
    assert.deepEqual(await cities.get('bergen'), { _id: 'bergen', name: 'Bjørgvin', population: 2 });
    assert.equal((await cities.replaceOne({ _id: 'rome' }, { name: 'Rome', population: 3 })).matchedCount, 0);
    assert.equal((await cities.replaceOne({ name: 'Rome' }, { name: 'Rome', population: 3 })).matchedCount, 0);
    const made = await cities.replaceOne({ _id: 'rome' }, { name: 'Rome', population: 3 }, { upsert: true });
    assert.deepEqual([made.matchedCount, made.upsertedId], [0, 'rome']);
    const found = await cities.replaceOne({ name: 'Ur' }, { _id: 'ur', name: 'Ur', population: 4 }, { upsert: true });
    assert.deepEqual([found.matchedCount, found.upsertedId], [0, 'ur']);
    await assert.rejects(cities.replaceOne({ _id: 'rome' }, { _id: 'ur', name: 'x', population: 0 }), code('immutable_id'));
    await assert.rejects(
      cities.replaceOne({ _id: 'rome' }, { name: 'x', population: 0 }, { ifVersion: 1 }),
      code('version_conflict'),
    );
  },

  'two that replace by a filter at once do not lose a change': async ({ db, name }) => {
    const counters = db.collection<{ _id: number; done: boolean; by: number }>(name);
    await counters.insertMany(Array.from({ length: 12 }, (_, _id) => ({ _id, done: false, by: -1 })));
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, by) => counters.replaceOne({ done: false }, { done: true, by })),
    );
    assert.equal(
      results.reduce((sum, { matchedCount }) => sum + matchedCount, 0),
      12,
    );
    assert.deepEqual(
      (await counters.distinct('by')).sort((a, b) => a - b),
      Array.from({ length: 12 }, (_, by) => by),
    );
  },

  'one document is changed or removed and given back in one step': async ({ db, name }) => {
    const cities = db.collection<City>(name);
    await cities.insertMany([OSLO, BERGEN]);
    assert.deepEqual(await cities.findOneAndUpdate({ _id: 'oslo' }, { $inc: { population: 1 } }), OSLO);
    const after = await cities.findOneAndUpdate(
      {},
      { $set: { name: 'Least' } },
      { sort: { population: 1 }, returnDocument: 'after' },
    );
    assert.deepEqual(after, { ...BERGEN, name: 'Least' });
    assert.equal(await cities.findOneAndUpdate({ _id: 'x' }, { $set: { name: 'x' } }), null);
    const shown = await cities.findOneAndUpdate(
      { _id: 'oslo' },
      { $set: { tags: ['x'] } },
      { projection: { 'at.lat': 1, _id: 0 } },
    );
    assert.deepEqual(shown, { at: { lat: 59.9 } });
    const made = await cities.findOneAndUpdate(
      { _id: 'rome' },
      { $set: { name: 'Rome', population: 1 } },
      { upsert: true, returnDocument: 'after', projection: { name: 0 } },
    );
    assert.deepEqual(made, { _id: 'rome', population: 1 });
    assert.deepEqual(await cities.findOneAndDelete({ _id: 'rome' }, { projection: { name: 1 } }), { _id: 'rome', name: 'Rome' });
    assert.deepEqual(await cities.findOneAndDelete({ name: 'Least' }), after);
    assert.equal(await cities.findOneAndDelete({ name: 'Least' }), null);
    const mixed = db.collection(name).findOneAndUpdate({}, { $set: { n: 1 } }, { projection: { a: 1, b: 0 } });
    await assert.rejects(mixed, code('invalid_projection'));
    assert.equal(await db.collection(name).count({ n: 1 }), 0);
  },

  'one document is replaced and given back, as it was or as it is now': async ({ db, name }) => {
    const cities = db.collection<City>(name);
    await cities.insertMany([OSLO, BERGEN]);
    assert.deepEqual(await cities.findOneAndReplace({ _id: 'oslo' }, { name: 'Kristiania', population: 1 }), OSLO);
    const after = await cities.findOneAndReplace(
      { population: { $gt: 0 } },
      { name: 'Most', population: 2 },
      { sort: { population: -1 }, returnDocument: 'after' },
    );
    assert.deepEqual(after, { _id: 'bergen', name: 'Most', population: 2 });
    assert.equal(await cities.findOneAndReplace({ _id: 'rome' }, { name: 'Rome', population: 3 }), null);
    const rome = { name: 'Rome', population: 3 };
    assert.equal(await cities.findOneAndReplace({ _id: 'rome' }, rome, { upsert: true }), null);
    assert.deepEqual(await cities.get('rome'), { _id: 'rome', ...rome });
    const replaced = cities.findOneAndReplace({ _id: 'rome' }, rome, { ifVersion: 1 });
    await assert.rejects(replaced, code('version_conflict'));
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        cities.findOneAndReplace({ _id: 'ur' }, { name: 'Ur', population: n }, { upsert: true }),
      ),
    );
    assert.equal(results.filter((before) => before === null).length, 1);
    const seen = [...results.map((before) => before?.population), (await cities.get('ur'))?.population];
    assert.equal(new Set(seen).size, 9);
  },

  'deletes report how many': async ({ db, name }) => {
    const cities = db.collection<City>(name);
    await cities.insertMany([OSLO, BERGEN, { ...OSLO, _id: 'x' }]);
    assert.equal((await cities.deleteOne({ name: 'Oslo' })).deletedCount, 1);
    assert.equal((await cities.deleteOne({ name: 'Nowhere' })).deletedCount, 0);
    assert.equal((await cities.deleteMany({})).deletedCount, 2);
  },
});
