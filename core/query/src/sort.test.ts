import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument, parseValue, toStored, type Value } from '@aerolithdb/protocol';
import { assertErrors } from './error-rows.ts';
import { compareBySort, compareSortKeys, parseSort, sortKey } from './sort.ts';
import { tableRows } from './text-table.ts';

function order(sort: string, documents: string): string {
  const parsed = parseSort(parseDocument(sort));
  const list = (parseValue(documents) as Value[]).map((each) => each as Map<string, Value>);
  const sorted = list.toSorted((a, b) => compareBySort(parsed, a, b));
  const byKey = list.toSorted((a, b) => compareSortKeys(parsed, sortKey(parsed, a), sortKey(parsed, b)));
  assert.deepEqual(byKey, sorted);
  return toStored(sorted);
}

test('sorting', () => {
  const table = `
    {"a":1}         | [{"a":2},{"a":1},{"a":1.5}]                 | [{"a":1},{"a":1.5},{"a":2}]
    {"a":-1}        | [{"a":2},{"a":3},{"a":1}]                   | [{"a":3},{"a":2},{"a":1}]
    {"a":1}         | [{"a":1},{},{"a":null,"x":1},{"a":[]}]      | [{"a":[]},{},{"a":null,"x":1},{"a":1}]
    {"a":-1}        | [{"a":[]},{},{"a":1}]                       | [{"a":1},{},{"a":[]}]
    {"a":1}         | [{"a":[2,9]},{"a":3},{"a":[1,99]}]          | [{"a":[1,99]},{"a":[2,9]},{"a":3}]
    {"a":-1}        | [{"a":[2,9]},{"a":3},{"a":[1,99]}]          | [{"a":[1,99]},{"a":[2,9]},{"a":3}]
    {"a":1}         | [{"a":"x"},{"a":true},{"a":{"b":1}},{"a":5}] | [{"a":5},{"a":"x"},{"a":{"b":1}},{"a":true}]
    {"a.b":1}       | [{"a":[{"b":5},{"b":1}]},{"a":{"b":3}}]     | [{"a":[{"b":5},{"b":1}]},{"a":{"b":3}}]
    {"a.b":-1}      | [{"a":{"b":3}},{"a":[{"b":5},{"b":1}]}]     | [{"a":[{"b":5},{"b":1}]},{"a":{"b":3}}]
    {"a.b":1}       | [{"a":{"b":0}},{"a":[1,2]},{"a":7}]         | [{"a":[1,2]},{"a":7},{"a":{"b":0}}]
    {"a":1,"b":-1}  | [{"a":1,"b":1},{"a":0,"b":0},{"a":1,"b":2}] | [{"a":0,"b":0},{"a":1,"b":2},{"a":1,"b":1}]
    {"a":1,"b":1}   | [{"a":[2,1],"b":[5]},{"a":[1],"b":[6,4]}]   | [{"a":[1],"b":[6,4]},{"a":[2,1],"b":[5]}]
    {"a":1.0}       | [{"a":2},{"a":1}]                           | [{"a":1},{"a":2}]
    {}              | [{"a":2},{"a":1}]                           | [{"a":2},{"a":1}]
  `;
  for (const [sort, documents, expected] of tableRows(table))
    assert.equal(order(sort!, documents!), expected, `${sort} of ${documents}`);
});

test('what is refused', () => {
  assertErrors(
    `
    {"a":2}                     | invalid_sort    | 1 (ascending) or -1
    {"a":"asc"}                 | invalid_sort    | 1 (ascending) or -1
    {"a":true}                  | invalid_sort    | 1 (ascending) or -1
    {"a..b":1}                  | invalid_sort    | empty component
    {"":1}                      | invalid_sort    | empty component
    {"$natural":1}              | invalid_sort    | use a hint
    {"a":{"$meta":"textscore"}} | invalid_expression | textScore
  `,
    (text) => parseSort(parseDocument(text)),
  );
  const many = Array.from({ length: 33 }, (_, index) => `"f${index}":1`).join();
  assert.throws(() => parseSort(parseDocument(`{${many}}`)), { code: 'invalid_sort' });
});
