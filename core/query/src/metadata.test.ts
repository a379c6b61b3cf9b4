import assert from 'node:assert/strict';
import { test } from 'node:test';
import { double, parseDocument, toRelaxed, type Value } from '@aerolithdb/protocol';
import { metadataOf, withMetadata } from './metadata.ts';
import { parseProjection } from './parse-projection.ts';
import { MemoryBudget } from './pipeline/memory-budget.ts';
import { MemorySources } from './pipeline/memory-sources.ts';
import { parsePipelineText } from './pipeline/parse-pipeline.ts';
import { runStages } from './pipeline/run-stages.ts';
import { project } from './project.ts';
import { compareBySort, parseSort } from './sort.ts';

const found = (text: string, textScore: number) => withMetadata(parseDocument(text), { textScore: double(textScore) });

const run = {
  sources: new MemorySources(new Map()),
  collection: 'c',
  variables: new Map<string, Value>(),
  now: 0,
  random: () => 0,
  memory: new MemoryBudget(),
  searched: true,
};

function after(pipeline: string): string[] {
  const input = [found('{"_id":1,"tags":["a","b"]}', 1.5), found('{"_id":2,"tags":["c"]}', 2.5)];
  return [...runStages(parsePipelineText(pipeline), input, run)].map(toRelaxed);
}

test('$meta beside nothing shows the whole document, and beside fields those', () => {
  const document = found('{"_id":1,"a":1,"b":2}', 0.5);
  const shown = (projection: string) => toRelaxed(project(parseProjection(parseDocument(projection)), document));
  assert.equal(shown('{"score":{"$meta":"textScore"}}'), '{"_id":1,"a":1,"b":2,"score":0.5}');
  assert.equal(shown('{"a":1,"score":{"$meta":"textScore"}}'), '{"_id":1,"a":1,"score":0.5}');
  assert.equal(shown('{"a":0,"score":{"$meta":"textScore"}}'), '{"_id":1,"b":2,"score":0.5}');
});

test('a sort by a score has the best first', () => {
  const sort = parseSort(parseDocument('{"score":{"$meta":"textScore"},"_id":1}'));
  const documents = [found('{"_id":1}', 1), found('{"_id":3}', 3), found('{"_id":2}', 3)];
  assert.deepEqual(documents.toSorted((a, b) => compareBySort(sort, a, b)).map(toRelaxed), [
    '{"_id":2}',
    '{"_id":3}',
    '{"_id":1}',
  ]);
  assert.throws(() => compareBySort(sort, parseDocument('{}'), parseDocument('{}')), { code: 'invalid_sort' });
});

test('stages carry metadata to what they make of a document', () => {
  const last = '{"$project":{"_id":1,"score":{"$meta":"textScore"}}}';
  const scores = ['{"_id":1,"score":1.5}', '{"_id":2,"score":2.5}'];
  assert.deepEqual(after(`[{"$set":{"x":1}},{"$project":{"_id":1,"x":1}},${last}]`), scores);
  assert.deepEqual(after(`[{"$replaceRoot":{"newRoot":{"_id":"$_id"}}},{"$match":{"_id":{"$gt":0}}},${last}]`), scores);
  assert.deepEqual(after(`[{"$unwind":"$tags"},${last}]`), [scores[0], ...scores]);
  assert.deepEqual(after(`[{"$sort":{"s":{"$meta":"textScore"}}},{"$limit":1},${last}]`), [scores[1]]);
});

test('metadata that there is not is refused', () => {
  assert.throws(() => after('[{"$group":{"_id":"$_id"}},{"$set":{"s":{"$meta":"textScore"}}}]'), { code: 'invalid_expression' });
  assert.throws(() => after('[{"$set":{"s":{"$meta":"textscore"}}}]'), /did you mean "textScore"/);
  assert.equal(metadataOf(parseDocument('{}')), undefined);
});
