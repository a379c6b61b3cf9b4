import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { matchPositions } from './match-positions.ts';
import { parseFilter } from './parse-filter.ts';
import { tableRows } from './text-table.ts';

test('which element of which array made the filter match', () => {
  const table = `
    {"a":5}                                   | {"a":[1,5]}                      | a:1
    {"a":5}                                   | {"a":5}                          | -
    {"a":[1,5]}                               | {"a":[1,5]}                      | -
    {"a":5}                                   | {"a":[1]}                        | -
    {"a.k":2}                                 | {"a":[{"k":1},{"k":2}]}          | a:1
    {"a.k":2}                                 | {"a":[{"k":1},{"k":[0,2]}]}      | a:1
    {"a.k":2}                                 | {"a":{"k":[0,2]}}                | a.k:1
    {"a.0.k":2}                               | {"a":[{"k":[0,2]}]}              | a.0.k:1
    {"a.0.0.k":2}                             | {"a":[[{"k":2}]]}                | -
    {"a.0.k":2}                               | {"a":[[{"k":1},{"k":2}]]}        | a.0:1
    {"a.0":5}                                 | {"a":[5]}                        | -
    {"a":{"$elemMatch":{"k":1}}}              | {"a":[0,{"k":1}]}                | a:1
    {"a":{"$elemMatch":{"$gt":3}}}            | {"a":[1,9]}                      | a:1
    {"a":{"$size":2}}                         | {"a":[1,9]}                      | -
    {"a":{"$in":[9,8]}}                       | {"a":[1,9]}                      | a:1
    {"a":{"$all":[9,1]}}                      | {"a":[1,9]}                      | a:0
    {"a":{"$ne":1}}                           | {"a":[2,3]}                      | -
    {"a":{"$exists":true}}                    | {"a":[2,3]}                      | a:0
    {"a":{"$exists":false}}                   | {"b":[2,3]}                      | -
    {"$nor":[{"a":1}]}                        | {"a":[2]}                        | -
    {"a":1,"b":2}                             | {"a":[1],"b":[1,2]}              | a:0 b:1
    {"b":2,"a":1}                             | {"a":[1],"b":[1,2]}              | b:1 a:0
    {"a":{"$gt":0,"$lt":3}}                   | {"a":[5,1]}                      | a:1
    {"$or":[{"a":9},{"b":2}]}                 | {"a":[1],"b":[1,2]}              | b:1
    {"$and":[{"a":1},{"$or":[{"a":2}]}]}      | {"a":[1,2]}                      | a:1
    {"a":1,"c":1}                             | {"a":[1]}                        | -
  `;
  for (const [filter, document, expected] of tableRows(table)) {
    const positions = matchPositions(parseFilter(parseDocument(filter!)), parseDocument(document!));
    const actual = [...positions].map(([array, index]) => `${array}:${index}`).join(' ') || '-';
    assert.equal(actual, expected, `${filter} on ${document}`);
  }
});
