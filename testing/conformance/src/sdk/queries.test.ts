import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { StandardSchema } from '@aerolithdb/client';
import { code, onEachSite } from './on-each-site.ts';

type Item = { _id: number; group: string; size: number; tags: string[]; inner: { a: number; b: string } };

const ITEMS: readonly Item[] = Array.from({ length: 2500 }, (_, n) => ({
  _id: n,
  group: `g${n % 7}`,
  size: n * 3,
  tags: [`t${n % 3}`, 'all'],
  inner: { a: n, b: 'x' },
}));

/** As a schema library would make it: checks, fills in a default, turns a text into a date, and drops what it does not know. */
const eventSchema: StandardSchema<{ title: string; at?: string }, { title: string; at: Date }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: async (value) => {
      const { title, at = '2020-01-01' } = value as { title: unknown; at?: string };
      if (typeof title !== 'string') return { issues: [{ message: 'must be a text', path: ['title'] }] };
      return { value: { title, at: new Date(at) } };
    },
  },
};

onEachSite('queries', {
  'a pipeline gives its documents, and tells where its stages ran': async ({ db, name }) => {
    const items = db.collection<Item>(name);
    await items.insertMany(ITEMS.slice(0, 70));
    const pipeline = [
      { $match: { size: { $lt: 150 } } },
      { $group: { _id: '$group', sizes: { $sum: '$size' } } },
      { $sort: { sizes: -1 } },
    ];
    const groups = await items.aggregate<{ _id: string; sizes: number }>(pipeline).toArray();
    assert.deepEqual([groups.length, groups[0]], [7, { _id: 'g0', sizes: 588 }]);
    assert.deepEqual(await items.aggregate(pipeline).first(), groups[0]);
    const seen: unknown[] = [];
    for await (const group of items.aggregate(pipeline)) seen.push(group);
    assert.deepEqual(seen, groups);
    const { stages } = await items.aggregate(pipeline).explain();
    assert.deepEqual(
      stages?.map(({ ran }) => ran),
      ['find', 'sql', 'memory'],
    );
    assert.equal((await items.aggregate([{ $set: { at: new Date(5) } }, { $limit: 1 }]).first())?.at instanceof Date, true);
    assert.match(String(items.aggregate(pipeline)), /^AggregateCursor\(.*\$group/);
    await assert.rejects(items.aggregate([{ $mach: {} }]).toArray(), code('unknown_operator'));
    await assert.rejects(items.aggregate([{ $unionWith: 'nothing' }]).toArray(), code('unknown_collection'));
    await assert.rejects(items.aggregate({ $match: {} } as never).toArray(), code('invalid_pipeline'));
    await assert.rejects(items.aggregate([], { bypass: true } as never).toArray(), code('invalid_request'));
  },

  'an option that is none is refused: passed over, it would change the answer': async ({ db, name }) => {
    const items = db.collection<Item>(name);
    await items.insertMany(ITEMS.slice(0, 2));
    await assert.rejects(items.find({}, { size: 1 } as never).toArray(), {
      code: 'invalid_request',
      message: /^find takes no option "size"; known are projection, sort, /,
    });
    await assert.rejects(items.findOne({}, { srot: { size: 1 } } as never), { message: /did you mean "sort"\?$/ });
    await assert.rejects(items.updateOne({ _id: 1 }, undefined as never), { message: /^An update must be an object/ });
  },

  'a cursor gives every document once, page by page, and can be left': async ({ db, name }) => {
    const items = db.collection<Item>(name);
    for (let from = 0; from < ITEMS.length; from += 500) await items.insertMany(ITEMS.slice(from, from + 500));
    const seen: number[] = [];
    for await (const { _id } of items.find()) seen.push(_id);
    assert.deepEqual(
      seen,
      ITEMS.map(({ _id }) => _id),
    );
    let some = 0;
    for await (const _item of items.find()) if (++some === 1001) break;
    assert.equal(some, 1001);
    const sorted = await items
      .find({ size: { $lt: 6000 } })
      .sort({ size: -1 })
      .skip(1)
      .limit(1500)
      .toArray();
    assert.deepEqual(
      sorted.map(({ _id }) => _id),
      Array.from({ length: 1500 }, (_, n) => 1998 - n),
    );
    assert.equal((await items.find().sort({ group: 1, _id: -1 }).toArray()).length, ITEMS.length);
    assert.deepEqual(await items.find().sort({ _id: -1 }).first(), ITEMS.at(-1));
    assert.deepEqual(await items.find().limit(0).first(), ITEMS[0]);
    assert.equal(await items.find({ group: 'g1' }).count(), 357);
    assert.equal(await items.find({ group: 'g1' }).skip(7).limit(10).count(), 10);
    assert.deepEqual((await items.distinct('group', { _id: { $lt: 3 } })).sort(), ['g0', 'g1', 'g2']);
    assert.deepEqual((await items.distinct('tags')).sort(), ['all', 't0', 't1', 't2']);
  },

  'a cursor is not changed by what is made of it': async ({ db, name }) => {
    const items = db.collection<Item>(name);
    await items.insertMany(ITEMS.slice(0, 5));
    const all = items.find();
    const few = all.sort({ _id: -1 }).limit(2);
    assert.deepEqual(
      (await few.toArray()).map(({ _id }) => _id),
      [4, 3],
    );
    assert.equal((await all.toArray()).length, 5);
    assert.equal((await few.toArray()).length, 2);
  },

  'projections show what their type says': async ({ db, name }) => {
    const items = db.collection<Item>(name);
    await items.insertOne(ITEMS[1]!);
    assert.deepEqual(await items.findOne({}, { projection: { 'inner.a': 1, size: 1 } }), { _id: 1, size: 3, inner: { a: 1 } });
    assert.deepEqual(await items.find().project({ tags: 0, inner: 0, _id: 0 }).toArray(), [{ group: 'g1', size: 3 }]);
  },

  'an index is made, used, listed and dropped': async ({ db, name }) => {
    const items = db.collection<Item>(name);
    await items.insertMany(ITEMS.slice(0, 300));
    assert.equal((await items.find({ group: 'g1' }).explain()).access, 'scan');
    assert.equal(await items.createIndex({ group: 1, 'inner.a': -1 }), 'group_1_inner.a_-1');
    assert.equal(await items.createIndex({ size: 1 }, { name: 'by size', unique: true }), 'by size');
    const explained = await items.find({ group: 'g1' }).explain();
    assert.deepEqual([explained.access, explained.index], ['index', 'group_1_inner.a_-1']);
    assert.equal((await items.find({ group: 'g1' }).hint('$natural').explain()).access, 'scan');
    await assert.rejects(items.insertOne({ ...ITEMS[400]!, size: 3 }), code('duplicate_key_value'));
    assert.deepEqual(await items.indexes(), [
      {
        name: 'group_1_inner.a_-1',
        keys: [
          ['group', 1],
          ['inner.a', -1],
        ],
      },
      { name: 'by size', keys: [['size', 1]], unique: true },
    ]);
    await items.dropIndex('by size');
    assert.equal((await items.indexes()).length, 1);
    await assert.rejects(items.dropIndex('by size'), code('unknown_index'));
  },

  'collections are made, described, altered, listed and dropped': async ({ db, name }) => {
    const made = `${name}.made`;
    await db.createCollection(made, { schema: { type: 'object', required: ['n'] } });
    await assert.rejects(db.createCollection(made), code('collection_exists'));
    const collection = db.collection(made);
    await assert.rejects(collection.insertOne({ m: 1 }), code('schema_violation'));
    assert.deepEqual(JSON.parse((await collection.describe()).options.schema ?? ''), { type: 'object', required: ['n'] });
    await db.alterCollection(made, { schema: null });
    await collection.insertOne({ _id: 1, m: 1 });
    const { documents, options, indexes } = await collection.describe();
    assert.deepEqual({ documents, options: { ...options }, indexes }, { documents: 1, options: {}, indexes: [] });
    assert.ok((await db.collections()).some((one) => one.name === made && one.documents === 1));
    await collection.drop();
    await assert.rejects(collection.describe(), code('unknown_collection'));
    await assert.rejects(db.dropCollection(made), code('unknown_collection'));
  },

  'the past is read at a height and at a time': async ({ db, name }) => {
    const notes = db.collection<{ _id: string; n: number }>(name);
    const { receipt } = await notes.insertOne({ _id: 'a', n: 1 });
    await notes.updateOne({ _id: 'a' }, { $set: { n: 2 } });
    assert.deepEqual(await notes.get('a', { at: receipt.height }), { _id: 'a', n: 1 });
    assert.deepEqual(await notes.find({ n: 1 }).at(receipt.height).toArray(), [{ _id: 'a', n: 1 }]);
    assert.deepEqual(await notes.get('a', { at: new Date() }), { _id: 'a', n: 2 });
    await assert.rejects(notes.get('a', { at: 1_000_000 }), code('invalid_position'));
  },

  'a schema library checks what is written and gives its type': async ({ db, name }) => {
    const events = db.collection(name, { schema: eventSchema });
    const { insertedId } = await events.insertOne({ title: 'launch', at: '2024-05-06' });
    assert.deepEqual(await events.get(insertedId), { _id: insertedId, title: 'launch', at: new Date('2024-05-06') });
    await events.replaceOne({ _id: insertedId }, { title: 'landing' });
    assert.deepEqual((await events.get(insertedId))?.at, new Date('2020-01-01'));
    const wrong = { title: 5 } as unknown as { title: string };
    await assert.rejects(events.insertOne(wrong), /"title" of the document does not satisfy the schema: must be a text/);
    await assert.rejects(
      db.transaction((tx) => tx.collection(events).insertOne(wrong)),
      code('schema_violation'),
    );
    assert.equal(await events.count(), 1);
  },

  'a call ends when its time is over or its signal is aborted': async ({ db, name }) => {
    const notes = db.collection(name);
    const reason = new Error('enough');
    await assert.rejects(notes.find({}, { signal: AbortSignal.abort(reason) }).toArray(), (error) => error === reason);
    const controller = new AbortController();
    const waiting = notes.insertOne({}, { signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(waiting, (error) => error === reason);
    await assert.rejects(notes.count({ a: { $regex: 'x' } }, { timeoutMs: 0 }), code('timeout'));
    assert.equal(typeof (await notes.count()), 'number');
  },

  'what is printed says what it is, and no secret': async ({ db, name }) => {
    const notes = db.collection<{ a: number }>(name);
    for (const shown of [db, notes, notes.find({ a: { $gt: 1 } }).limit(3)]) assert.equal(inspect(shown), String(shown));
    assert.match(String(db), /^(AerolithClient\(http:\/\/127|EmbeddedDatabase\()/);
    assert.match(
      String(notes.find({ a: { $gt: 1 } }).limit(3)),
      /^FindCursor\(scene\d+, \{"filter":\{"a":\{"\$gt":1\}\},"limit":3\}\)$/,
    );
    assert.ok(!/aero_|Bearer/.test(inspect(db, { depth: 9, showHidden: true })));
  },
});
