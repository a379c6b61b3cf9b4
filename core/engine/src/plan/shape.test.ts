import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprintOf, shapeOfFilter, shapeOfPipeline } from './shape.ts';

const SHAPES: readonly [filter: string, shape: string][] = [
  ['{}', '{}'],
  ['{"b":{"$in":[1,"x"]},"a":5}', '{"a":"?","b":{"$in":["?"]}}'],
  ['{"a":"$price"}', '{"a":"?"}'],
  ['{"$expr":{"$gt":["$price",10]}}', '{"$expr":{"$gt":["$price","?"]}}'],
  ['{"$expr":{"$eq":["$a",{"$literal":"$secret"}]}}', '{"$expr":{"$eq":["$a",{"$literal":"?"}]}}'],
  ['{"$or":[{"a":1},{"a":2},{"b":3}]}', '{"$or":[{"a":"?"},{"b":"?"}]}'],
  ['{"at":{"$date":5}}', '{"at":{"$date":"?"}}'],
  ['{broken', '?'],
];

test('a shape leaves the constants out and keeps what the query is', () => {
  for (const [filter, shape] of SHAPES) assert.equal(shapeOfFilter(filter), shape);
  assert.equal(
    shapeOfPipeline('[{"$match":{"a":"$x"}},{"$group":{"_id":"$country","n":{"$sum":2}}}]'),
    '[{"$match":{"a":"?"}},{"$group":{"_id":"$country","n":{"$sum":"?"}}}]',
  );
});

test('queries that differ in their constants alone have one fingerprint', () => {
  const of = (filter: string) => fingerprintOf(shapeOfFilter(filter));
  assert.equal(of('{"a":1,"b":"x"}'), of('{"b":"y","a":7}'));
  assert.notEqual(of('{"a":1}'), of('{"a":{"$gt":1}}'));
});
