import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScratchDatabase } from './scratch-database.ts';

const DOCUMENTS = [
  '{"_id":1,"v":1}',
  '{"_id":2,"v":1.0}',
  '{"_id":3,"v":true}',
  '{"_id":4,"v":"1"}',
  '{"_id":5,"v":null}',
  '{"_id":6}',
  '{"_id":7,"v":[1,5]}',
  '{"_id":8,"v":[]}',
  '{"_id":9,"v":{"n":1}}',
  '{"_id":10,"v":[{"n":1},{"n":7}]}',
  '{"_id":11,"v":{"$date":1000}}',
  '{"_id":12,"v":{"$numberLong":"5"}}',
  '{"_id":13,"v":{"$numberDecimal":"1"}}',
  '{"_id":14,"v":[[1,5]]}',
  '{"_id":15,"v":{"$numberDouble":"NaN"}}',
  '{"_id":16,"v":"abc"}',
  '{"_id":17,"v":{"$oid":"0123456789abcdef01234567"}}',
  '{"_id":18,"v":[null]}',
];

/** filter | the `_id`s it selects */
const TABLE = `
{"v":1}                                          | 1 2 7 13
{"v":{"$eq":{"$numberLong":"1"}}}                | 1 2 7 13
{"v":true}                                       | 3
{"v":"1"}                                        | 4
{"v":null}                                       | 5 6 18
{"v":[1,5]}                                      | 7 14
{"v":[]}                                         | 8
{"v":{"n":1}}                                    | 9 10
{"v":{"$date":1000}}                             | 11
{"v":{"$oid":"0123456789abcdef01234567"}}        | 17
{"v":{"$numberDouble":"NaN"}}                    | 15
{"v":{"$ne":1}}                                  | 3 4 5 6 8 9 10 11 12 14 15 16 17 18
{"v":{"$gt":1}}                                  | 7 12
{"v":{"$gte":1}}                                 | 1 2 7 12 13
{"v":{"$lt":5}}                                  | 1 2 7 13
{"v":{"$lte":5}}                                 | 1 2 7 12 13
{"v":{"$gt":1,"$lt":5}}                          | 7
{"v":{"$elemMatch":{"$gt":1,"$lt":5}}}           |
{"v":{"$elemMatch":{"$gt":1,"$lt":6}}}           | 7
{"v":{"$gt":"1"}}                                | 16
{"v":{"$gte":false}}                             | 3
{"v":{"$lt":{"$date":1001}}}                     | 11
{"v":{"$gte":null}}                              | 5 6 18
{"v":{"$in":[5,"abc",null]}}                     | 5 6 7 12 16 18
{"v":{"$nin":[5,"abc",null,1]}}                  | 3 4 8 9 10 11 14 15 17
{"v":{"$in":[]}}                                 |
{"v":{"$exists":false}}                          | 6
{"v":{"$exists":true}}                           | 1 2 3 4 5 7 8 9 10 11 12 13 14 15 16 17 18
{"v":{"$type":"int"}}                            | 1 7
{"v":{"$type":"long"}}                           | 12
{"v":{"$type":"double"}}                         | 2 15
{"v":{"$type":"number"}}                         | 1 2 7 12 13 15
{"v":{"$type":"array"}}                          | 7 8 10 14 18
{"v":{"$type":"object"}}                         | 9 10
{"v":{"$type":"null"}}                           | 5 18
{"v":{"$size":1}}                                | 14 18
{"v":{"$mod":[5,0]}}                             | 7 12
{"v":{"$bitsAllSet":[0]}}                        | 1 2 7 12 13
{"v":{"$bitsAnyClear":[0]}}                      |
{"v":{"$regex":"^a.c$"}}                         | 16
{"v":{"$all":[1,5]}}                             | 7
{"v":{"$not":{"$gt":0}}}                         | 3 4 5 6 8 9 10 11 14 15 16 17 18
{"v.n":1}                                        | 9 10
{"v.n":{"$gt":1}}                                | 10
{"v.n":null,"v":{"$type":"array"}}               |
{"v.0":1}                                        | 7
{"v.1.n":7}                                      | 10
{"v":{"$elemMatch":{"n":{"$gt":1}}}}             | 10
{"$or":[{"v":true},{"_id":{"$gt":17}}]}          | 3 18
{"$nor":[{"v":{"$exists":true}},{"_id":1}]}      | 6
{"$and":[{"v":{"$gte":1}},{"v":{"$type":"long"}}]} | 12
{"_id":{"$in":[3,1,99]}}                         | 1 3
{"_id":{"$gte":16,"$lt":18}}                     | 16 17
`;

test('operators, by scan and by index', () => {
  using database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  database.run([{ type: 'createIndex', collection: 'c', index: { name: 'v_1', keys: [['v', 1]] } }]);
  database.run([{ type: 'insert', collection: 'c', documents: DOCUMENTS }]);
  for (const line of TABLE.trim().split('\n')) {
    const [filter = '', ids = ''] = line.split(' |').map((part) => part.trim());
    for (const hint of ['$natural', 'v_1', '_id_', undefined]) {
      const request = { collection: 'c', filter, ...(hint === undefined ? {} : { hint }) };
      const { text } = database.read({ kind: 'find', ...request, projection: '{"_id":1}', sort: '{"_id":1}' });
      const found = (JSON.parse(text!) as { _id: number }[]).map((document) => document._id).join(' ');
      assert.equal(found, ids, `${filter} by ${hint}`);
      assert.equal(database.read({ kind: 'count', ...request }).count, ids === '' ? 0 : ids.split(' ').length, filter);
    }
  }
});
