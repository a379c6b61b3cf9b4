import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { schemaShares, share } from './schema-shares.ts';

const DOCUMENTS = [
  '{"_id":1,"name":"Oslo","at":{"lat":59.9},"tags":["port",1]}',
  '{"_id":{"$oid":"65f000000000000000000001"},"name":null,"tags":[]}',
  '{"_id":3,"name":"Ur","tags":[{"by":"x"},{"by":"y"}]}',
].map((text) => parseDocument(text));

test('each path has its share of the documents, and its types theirs', () => {
  const lines = schemaShares(DOCUMENTS).map(
    ({ path, documents, types }) => `${path} ${documents} ${types.map(([type, count]) => `${type}:${count}`).join(' ')}`,
  );
  assert.deepEqual(lines, [
    '_id 3 int:2 objectId:1',
    'name 3 string:2 null:1',
    'at 1 object:1',
    'at.lat 1 double:1',
    'tags 3 array:3',
    'tags[] 2 object:2 string:1 int:1',
    'tags[].by 1 string:2',
  ]);
});

test('shares say neither none nor all of what is not so', () => {
  assert.deepEqual(
    [share(1, 1000), share(999, 1000), share(1, 3), share(3, 3), share(0, 3)],
    ['<1 %', '99 %', '33 %', '100 %', '0 %'],
  );
});
