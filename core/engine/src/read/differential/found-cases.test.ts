/** What random comparison has found, kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { parseFilter } from '@aerolithdb/query';
import { ScratchDatabase } from '../scratch-database.ts';
import { findFault } from './compare-answers.ts';

type Case = { readonly why: string; readonly index: string; readonly documents: readonly string[]; readonly filter: string };

const CASES: readonly Case[] = [
  {
    why: 'an index on an array place holds the whole value found there, not its elements',
    index: 'a.0',
    documents: ['{"_id":1,"a":[[1,2]]}', '{"_id":2,"a":[1]}'],
    filter: '{"a.0":{"$elemMatch":{"$gt":1}}}',
  },
  {
    why: 'two elements may pass the two tests of a range',
    index: 'a',
    documents: ['{"_id":1,"a":[1,9]}', '{"_id":2,"a":[9]}'],
    filter: '{"a":{"$gt":5,"$lt":2}}',
  },
  {
    why: 'a callback is not reached when its guard does not hold, also where SQLite wants the value of a condition',
    index: 'a',
    documents: ['{"_id":1,"b":{"x":{"y":"text"}}}', '{"_id":2,"b":[{"x":{"$numberLong":"5"}}]}'],
    filter: '{"b.x":{"$not":{"$gt":1}}}',
  },
  {
    why: 'an array inside an array has one entry, itself, not its elements',
    index: 'a',
    documents: ['{"_id":1,"a":[[1,2],3]}', '{"_id":2,"a":[2]}'],
    filter: '{"a":{"$elemMatch":{"$elemMatch":{"$eq":2}}}}',
  },
  {
    why: 'also where all its elements are asked for',
    index: 'a',
    documents: ['{"_id":1,"a":[[1,2],3]}', '{"_id":2,"a":[2]}'],
    filter: '{"a":{"$elemMatch":{"$all":[{"$elemMatch":{"$eq":2}}]}}}',
  },
];

for (const { why, index, documents, filter } of CASES) {
  test(why, () => {
    using database = new ScratchDatabase();
    database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
    database.run([{ type: 'createIndex', collection: 'c', index: { name: 'i', keys: [[index, 1]] } }]);
    database.run([{ type: 'insert', collection: 'c', documents }]);
    const query = { filter: parseFilter(parseDocument(filter)), filterText: filter };
    for (const hint of ['i', '$natural']) {
      const fault = findFault(database.reader, documents.map(parseDocument), query, { collection: 'c', hint }, 10);
      assert.equal(fault, undefined);
    }
  });
}
