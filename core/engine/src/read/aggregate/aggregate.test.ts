import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AggregateRequest } from '@aerolithdb/protocol';
import { ScratchDatabase } from '../scratch-database.ts';

let database: ScratchDatabase;

before(() => {
  database = new ScratchDatabase();
  database.run(['cities', 'countries'].map((collection) => ({ type: 'createCollection', collection, options: {} })));
  database.run([
    { type: 'createIndex', collection: 'cities', index: { name: 'country_1', keys: [['country', 1]] } },
    {
      type: 'insert',
      collection: 'cities',
      documents: [
        '{"_id":1,"name":"Oslo","country":"NO","people":709037}',
        '{"_id":2,"name":"Bergen","country":"NO","people":286930}',
        '{"_id":3,"name":"Reykjavik","country":"IS","people":118918}',
        '{"_id":4,"name":"Atlantis"}',
      ],
    },
    {
      type: 'insert',
      collection: 'countries',
      documents: ['{"_id":"NO","name":"Norway"}', '{"_id":"IS","name":"Iceland"}', '{"_id":"FR","name":"France"}'],
    },
  ]);
});
after(() => database[Symbol.dispose]());

function ask(pipeline: string, more: Partial<AggregateRequest> = {}) {
  return database.read({ kind: 'aggregate', collection: 'cities', pipeline, ...more });
}

function places(pipeline: string, more: Partial<AggregateRequest> = {}): string {
  const { stages = [] } = ask(pipeline, { ...more, explain: true }).explain ?? {};
  return stages.map(({ stage, ran }) => `${stage} ${ran}`).join(', ');
}

test('explain tells where each stage ran', () => {
  const rows: readonly [pipeline: string, expected: string][] = [
    [
      '[{"$match":{"people":{"$gt":1}}},{"$sort":{"people":-1}},{"$skip":1},{"$limit":2},{"$project":{"name":1}}]',
      '$match find, $sort find, $skip find, $limit find, $project memory',
    ],
    ['[{"$group":{"_id":"$country","n":{"$sum":"$people"}}},{"$sort":{"n":-1}}]', '$group sql, $sort memory'],
    ['[{"$match":{"country":"NO"}},{"$count":"n"}]', '$match find, $count sql'],
    ['[{"$limit":2},{"$count":"n"}]', '$limit find, $count memory'],
    ['[{"$group":{"_id":"$country","n":{"$push":"$people"}}}]', '$group memory'],
    ['[{"$sortByCount":"$country"}]', '$group sql, $sort memory'],
    ['[{"$match":{"people":1,"$expr":{"$eq":["$people",1]}}},{"$limit":1}]', '$match find, $match memory, $limit memory'],
  ];
  for (const [pipeline, expected] of rows) assert.equal(places(pipeline), expected, pipeline);
  const { sql = '' } = ask('[{"$group":{"_id":"$country","n":{"$sum":"$people"}}}]', { explain: true }).explain ?? {};
  assert.match(sql, /GROUP BY k0/);
  assert.equal(places('[{"$count":"n"}]', { at: { height: 2 } }), '$count memory');
});

test('the front of a pipeline uses indexes and hints', () => {
  const { explain } = ask('[{"$match":{"country":"NO"}},{"$set":{"x":1}}]', { explain: true, hint: 'country_1' });
  assert.deepEqual([explain?.access, explain?.index, explain?.rowsReturned], ['index', 'country_1', 2]);
  assert.equal(ask('[{"$match":{"_id":1}}]', { explain: true, hint: '$natural' }).explain?.access, 'scan');
  assert.throws(() => ask('[]', { hint: 'none' }), { code: 'unknown_index' });
});

test('a lookup into the collection that is being read, by _id, by an index and by a pipeline', () => {
  const join = (foreign: string, more = '') =>
    `[{"$lookup":{"from":"cities","localField":"country","foreignField":"${foreign}","as":"f"${more}}},{"$project":{"f._id":1}}]`;
  assert.equal(
    ask(join('country')).text,
    '[{"_id":1,"f":[{"_id":1},{"_id":2}]},{"_id":2,"f":[{"_id":1},{"_id":2}]},{"_id":3,"f":[{"_id":3}]},{"_id":4,"f":[{"_id":4}]}]',
  );
  const nested = `,"pipeline":[{"$lookup":{"from":"cities","pipeline":[{"$count":"n"}],"as":"all"}},{"$match":{"all.n":4}}]`;
  assert.equal(ask(join('country', nested)).text, ask(join('country')).text);
  const all =
    '[{"$lookup":{"from":"cities","let":{"n":"$name"},"pipeline":[{"$match":{"$expr":{"$lt":["$name","$$n"]}}},{"$count":"k"}],"as":"f"}},{"$sort":{"f.k":1}},{"$project":{"f":1}}]';
  assert.equal(ask(all).text, '[{"_id":4,"f":[]},{"_id":2,"f":[{"k":1}]},{"_id":1,"f":[{"k":2}]},{"_id":3,"f":[{"k":3}]}]');
});

test('a past state is read as it was, in every collection', () => {
  const height = database.engine.head().height;
  const pipeline =
    '[{"$match":{"_id":1}},{"$lookup":{"from":"countries","localField":"country","foreignField":"_id","as":"of"}},{"$unwind":"$of"},{"$project":{"n":"$of.name","_id":0}}]';
  assert.equal(ask(pipeline).text, '[{"n":"Norway"}]');
  database.run([{ type: 'update', collection: 'countries', filter: '{"_id":"NO"}', update: '{"$set":{"name":"Norge"}}' }]);
  assert.equal(ask(pipeline).text, '[{"n":"Norge"}]');
  const past = ask(pipeline, { at: { height } });
  assert.deepEqual([past.text, past.height], ['[{"n":"Norway"}]', height]);
  assert.throws(() => ask('[]', { at: { height: 99 } }), { code: 'invalid_position' });
});

test('an answer that is too large is refused, and chance comes from the seed', () => {
  const wide = '[{"$set":{"x":{"$range":[0,100000]}}},{"$unwind":"$x"},{"$set":{"y":{"$toString":"$x"}}}]';
  assert.throws(() => ask(wide), { code: 'answer_too_large' });
  const sample = (seed: number) => ask('[{"$sample":{"size":2}}]', { seed }).text;
  assert.equal(sample(5), sample(5));
  assert.ok(new Set([1, 2, 3, 4, 5, 6].map(sample)).size > 1);
  assert.equal(ask('[{"$documents":[{"t":"$$NOW"}]}]', { now: 5 }).text, '[{"t":{"$date":"1970-01-01T00:00:00.005Z"}}]');
});

test('figures of collections and indexes', () => {
  assert.equal(ask('[{"$collStats":{}}]').text, '[{"collection":"cities","count":4,"indexes":1}]');
  assert.equal(ask('[{"$indexStats":{}}]').text, '[{"name":"country_1","key":{"country":1},"unique":false}]');
});
