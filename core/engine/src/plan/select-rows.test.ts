import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { parseFilter, parseSort } from '@aerolithdb/query';
import { openWriter } from '@aerolithdb/storage';
import { readCatalogue } from '../catalogue.ts';
import { ScratchDatabase } from '../read/scratch-database.ts';
import { type SelectOptions, selectRows } from './select-rows.ts';

test('rows are settled before they are given out, in row order whatever the plan', () => {
  using database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  database.run([{ type: 'createIndex', collection: 'c', index: { name: 'n_-1', keys: [['n', -1]] } }]);
  database.run([{ type: 'insert', collection: 'c', documents: Array.from({ length: 400 }, (_, i) => `{"_id":${i},"n":${i}}`) }]);
  const connection = openWriter(database.folder);
  try {
    const collection = readCatalogue(connection).collections.get('c')!;
    const rids = (filter: string, options: SelectOptions = {}) =>
      [...selectRows(connection, collection, parseFilter(parseDocument(filter)), options)].map((row) => row.rid);
    assert.deepEqual(rids('{"n":{"$in":[9,3,5]}}'), [4, 6, 10]);
    assert.deepEqual(rids('{"n":{"$in":[9,3,5]}}', { afterRow: 4, limit: 1 }), [6]);
    assert.deepEqual(rids('{"n":{"$mod":[100,0]}}', { afterRow: 1, limit: 2 }), [101, 201]);
    assert.deepEqual(rids('{"n":{"$lt":4}}', { sort: parseSort(parseDocument('{"n":-1}')), limit: 2 }), [4, 3]);
    connection.begin();
    const update = connection.prepare('UPDATE documents_1 SET version = version + 1 WHERE rid = ?');
    for (const row of selectRows(connection, collection, parseFilter(parseDocument('{"_id":{"$lt":5}}')))) update.run(row.rid);
    const [first] = selectRows(connection, collection, parseFilter(parseDocument('{"_id":0}')));
    assert.deepEqual(first, { rid: 1, version: 3 * 16384 + 1, text: '{"_id":0,"n":0}' });
    connection.rollback();
  } finally {
    connection.close();
  }
});
