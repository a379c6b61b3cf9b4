import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument, toStored } from '@aerolithdb/protocol';
import { documentFromFilter } from './document-from-filter.ts';
import { assertErrors } from './error-rows.ts';
import { parseFilter } from './parse-filter.ts';
import { tableRows } from './text-table.ts';

const seed = (filter: string): string => toStored(documentFromFilter(parseFilter(parseDocument(filter))));

test('what an upsert begins with', () => {
  const table = `
    {}                                  | {}
    {"_id":1,"a":"x"}                   | {"_id":1,"a":"x"}
    {"b":1,"a":2}                       | {"b":1,"a":2}
    {"a":{"$eq":1}}                     | {"a":1}
    {"a.b":1,"a.c":2}                   | {"a":{"b":1,"c":2}}
    {"a.0":1}                           | {"a":{"0":1}}
    {"a":{"x":1}}                       | {"a":{"x":1}}
    {"a":null}                          | {"a":null}
    {"a":[1,2]}                         | {"a":[1,2]}
    {"$and":[{"a":1},{"b":{"$eq":2}}]}  | {"a":1,"b":2}
    {"$or":[{"a":1}]}                   | {"a":1}
    {"$or":[{"a":1},{"b":2}]}           | {}
    {"$nor":[{"a":1}]}                  | {}
    {"a":{"$in":[1]}}                   | {"a":1}
    {"a":{"$in":[1,2]}}                 | {}
    {"a":{"$all":[1]}}                  | {"a":1}
    {"a":{"$all":[1,2]}}                | {}
    {"a":{"$gt":1},"b":{"$ne":2}}       | {}
    {"a":{"$regex":"x"},"b":1}          | {"b":1}
    {"a":{"$eq":1,"$gt":0}}             | {"a":1}
    {"$comment":"x","a":1}              | {"a":1}
  `;
  for (const [filter, expected] of tableRows(table)) assert.equal(seed(filter!), expected, filter);
});

test('one field with two values is refused', () => {
  assertErrors(
    `
    {"a":1,"$and":[{"a":2}]}   | invalid_filter | "a" and "a"
    {"a":1,"a.b":2}            | invalid_filter | "a" and "a.b"
    {"a.b.c":1,"a.b":2}        | invalid_filter | "a.b.c" and "a.b"
  `,
    seed,
  );
});
