import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Document, parseDocument, toRelaxed } from '@aerolithdb/protocol';
import { assertErrors } from '../error-rows.ts';
import { runInMemory } from '../pipeline/memory-sources.ts';
import { parsePipelineText } from '../pipeline/parse-pipeline.ts';
import { Nearest } from './nearest.ts';
import { readVector, vectorOf } from './read-vector.ts';
import { scorerOf } from './similarity.ts';

const DOCUMENTS = [
  '{"_id":1,"kind":"a","rank":3,"v":[1,0]}',
  '{"_id":2,"kind":"b","rank":1,"v":[0.0,1.0]}',
  '{"_id":3,"kind":"a","rank":2,"v":[1,1]}',
  '{"_id":4,"kind":"b","rank":4}',
].map(parseDocument);

function run(pipeline: string): string[] {
  return runInMemory(parsePipelineText(pipeline), new Map([['c', DOCUMENTS]])).map(toRelaxed);
}

test('$vectorSearch gives the nearest first, with scores', () => {
  const search = (more: string) =>
    run(`[{"$vectorSearch":{"path":"v","queryVector":[1,0],"limit":2${more}}},{"$project":{"s":{"$meta":"vectorSearchScore"}}}]`);
  assert.deepEqual(search(''), ['{"_id":1,"s":1.0}', `{"_id":3,"s":${(1 + Math.SQRT1_2) / 2}}`]);
  assert.deepEqual(search(',"filter":{"kind":"b"}'), ['{"_id":2,"s":0.5}']);
});

test('scores of the similarities', () => {
  const [a, b] = [Float32Array.of(1, 2), Float32Array.of(4, 6)];
  assert.equal(scorerOf('l2', a)(b), 1 / 6);
  assert.equal(scorerOf('dot', a)(b), 8.5);
  assert.equal(scorerOf('cosine', a)(a), 1);
  assert.equal(scorerOf('cosine', a)(Float32Array.of(0, 0)), 0.5);
});

test('a vector is a list of numbers or binary of float32 or int8', () => {
  const shape = { path: ['a', 'v'], dimensions: 2, similarity: 'l2' } as const;
  const read = (value: string) => vectorOf(parseDocument(`{"a":{"v":${value}}}`), shape);
  assert.deepEqual(read('[1,{"$numberLong":"2"}]'), Float32Array.of(1, 2));
  const float32 = Buffer.concat([Buffer.of(0x27, 0), Buffer.from(Float32Array.of(0.5, -2).buffer)]).toString('base64');
  assert.deepEqual(read(`{"$binary":{"base64":"${float32}","subType":"09"}}`), Float32Array.of(0.5, -2));
  const int8 = Buffer.of(0x03, 0, 5, 251).toString('base64');
  assert.deepEqual(read(`{"$binary":{"base64":"${int8}","subType":"09"}}`), Float32Array.of(5, -5));
  assert.equal(read('null'), undefined);
  assert.equal(vectorOf(parseDocument('{"a":[{"v":[1,2]}]}'), shape), undefined);
  for (const wrong of ['[1]', '[1,"x"]', '[1,1e300]', '{"$binary":{"base64":"","subType":"09"}}'])
    assert.throws(() => read(wrong), { code: 'invalid_vector' });
  assert.throws(() => readVector([0, 0], { ...shape, similarity: 'cosine' }, 'It'), /all of them are 0/);
});

test('the nearest are kept in order, the lower order first among equals', () => {
  for (let most = 0; most < 6; most += 1) {
    const nearest = new Nearest<number>(most);
    const scores = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
    scores.forEach((score, i) => void nearest.add(i, score, i));
    const wanted = scores.map((score, i) => ({ score, i })).sort((a, b) => b.score - a.score || a.i - b.i);
    assert.deepEqual(
      nearest.sorted().map(({ item }) => item),
      wanted.slice(0, most).map(({ i }) => i),
    );
  }
});

const FUSION = `{"input":{"pipelines":{
  "near":[{"$vectorSearch":{"path":"v","queryVector":[1,0],"limit":3}}],
  "ranked":[{"$match":{"kind":"b"}},{"$sort":{"rank":1}}]}}`;

test('$rankFusion joins rankings: weight / (60 + rank) of each', () => {
  const fused = (more: string) =>
    run(`[{"$rankFusion":${FUSION}${more}}},{"$set":{"s":{"$meta":"score"}}},{"$project":{"_id":1,"s":1}}]`);
  const score = (number: number) => String(number);
  assert.deepEqual(fused(''), [
    `{"_id":2,"s":${score(1 / 63 + 1 / 61)}}`,
    `{"_id":1,"s":${score(1 / 61)}}`,
    `{"_id":3,"s":${score(1 / 62)}}`,
    `{"_id":4,"s":${score(1 / 62)}}`,
  ]);
  const weighted = fused(',"combination":{"weights":{"near":0,"ranked":2.5}}');
  assert.deepEqual(weighted.slice(0, 2), [`{"_id":2,"s":${score(2.5 / 61)}}`, `{"_id":4,"s":${score(2.5 / 62)}}`]);
});

test('$rankFusion tells how a score came about', () => {
  const [first] = runInMemory(
    parsePipelineText(`[{"$rankFusion":${FUSION},"scoreDetails":true}},{"$project":{"d":{"$meta":"scoreDetails"}}}]`),
    new Map([['c', DOCUMENTS]]),
  );
  const details = first?.get('d') as Document;
  assert.equal(details.get('value'), 1 / 63 + 1 / 61);
  assert.equal(
    toRelaxed(details.get('details')!),
    '[{"inputPipelineName":"near","rank":3,"weight":1.0,"value":0.5},{"inputPipelineName":"ranked","rank":1,"weight":1.0}]',
  );
});

test('what is refused', () => {
  assertErrors(
    `
    [{"$vectorSearch":{"path":"v","limit":2}}]                                            | invalid_pipeline | "queryVector"
    [{"$vectorSearch":{"path":"v","queryVector":[1],"limit":0}}]                          | invalid_pipeline | from 1
    [{"$vectorSearch":{"path":"v","queryVector":[1],"limit":5,"numCandidates":4}}]        | invalid_pipeline | numCandidates
    [{"$vectorSearch":{"path":"v","queryVector":[1],"limit":5,"k":4}}]                    | invalid_pipeline | "k"
    [{"$vectorSearch":{"path":"v","queryVector":[1],"limit":5,"filter":{"$expr":true}}}]  | invalid_pipeline | $match
    [{"$match":{}},{"$vectorSearch":{"path":"v","queryVector":[1],"limit":5}}]            | invalid_pipeline | first stage
    [{"$rankFusion":{"input":{"pipelines":{}}}}]                                          | invalid_pipeline | at least one
    [{"$rankFusion":{"input":{"pipelines":{"a":[{"$match":{}}]}}}}]                       | invalid_pipeline | $sort
    [{"$rankFusion":{"input":{"pipelines":{"a":[{"$sort":{"a":1}},{"$unset":"b"}]}}}}]    | invalid_pipeline | $unset
    [{"$rankFusion":{"input":{"pipelines":{"a":[{"$sort":{"a":1}}]}},"combination":{"weights":{"b":1}}}}] | invalid_pipeline | "b"
  `,
    (text) => parsePipelineText(text),
  );
});

test('a search whose vector nobody looks at says so', () => {
  const needed = (rest: string) => {
    const [stage] = parsePipelineText(`[{"$vectorSearch":{"path":"v.x","queryVector":[1],"limit":5}}${rest}]`);
    return stage?.kind === 'vectorSearch' && stage.isVectorNeeded;
  };
  assert.equal(needed(''), true);
  assert.equal(needed(',{"$project":{"_id":1,"s":{"$meta":"vectorSearchScore"}}}'), false);
  assert.equal(needed(',{"$set":{"s":{"$meta":"vectorSearchScore"}}},{"$limit":3},{"$unset":"v"}'), false);
  assert.equal(needed(',{"$project":{"v.x":0}}'), true);
  assert.equal(needed(',{"$match":{"v.x":1}},{"$project":{"_id":1}}'), true);
  assert.equal(needed(',{"$group":{"_id":"$kind"}}'), false);
  assert.equal(needed(',{"$project":{"a":"$v"}}'), true);
});
