import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Document, double, toStored, type Value } from '@aerolithdb/protocol';
import { MemoryBudget } from './memory-budget.ts';
import { MemorySources } from './memory-sources.ts';
import { parsePipelineText } from './parse-pipeline.ts';
import { seededRandom } from './seeded-random.ts';
import type { Spill } from './spill.ts';

/** Files as lists of texts. */
class ListSpill implements Spill {
  files = 0;

  create() {
    this.files++;
    const texts: string[] = [];
    return { append: (text: string) => void texts.push(text), read: () => texts };
  }
}

const random = seededRandom(7);
const DOCUMENTS: readonly Document[] = Array.from({ length: 2000 }, (_, i) => {
  const g = Math.floor(random() * 300);
  return new Map<string, Value>([
    ['_id', i],
    ['g', g],
    ['n', Math.floor(random() * 1000)],
    ['h', double(random())],
    ['t', 'x'.repeat(50)],
  ]);
});

function run(pipeline: string, bytes?: number, spill?: Spill): string[] {
  const sources = new MemorySources(new Map([['c', DOCUMENTS]]));
  const memory = new MemoryBudget(bytes);
  const shared = {
    sources,
    variables: new Map(),
    now: 0,
    random: seededRandom(1),
    memory,
    ...(spill === undefined ? {} : { spill }),
  };
  const made = [...sources.aggregate(parsePipelineText(pipeline), { ...shared, collection: 'c' })].map(toStored);
  assert.equal(memory.held, 0, `${pipeline} holds memory after its end`);
  return made;
}

const SORTED = [
  '[{"$sort":{"n":1}}]',
  '[{"$sort":{"g":-1,"n":1}}]',
  '[{"$setWindowFields":{"partitionBy":"$g","sortBy":{"n":1},"output":{"w":{"$sum":"$n","window":{"documents":[-1,1]}}}}}]',
  '[{"$bucketAuto":{"groupBy":"$n","buckets":7}}]',
  '[{"$sort":{"n":1}},{"$limit":20000}]',
];
const GROUPED = [
  '[{"$group":{"_id":"$h","n":{"$sum":"$n"}}}]',
  '[{"$group":{"_id":{"g":"$g","n":"$n"},"first":{"$first":"$_id"},"all":{"$push":"$_id"}}}]',
];

test('what memory does not hold goes into files, and comes out as if it had', () => {
  for (const pipeline of SORTED) {
    const spill = new ListSpill();
    assert.deepEqual(run(pipeline, 200_000, spill), run(pipeline), pipeline);
    assert.ok(spill.files > 1, `${pipeline} wrote ${spill.files} files`);
  }
  for (const pipeline of GROUPED) {
    const spill = new ListSpill();
    assert.deepEqual(run(pipeline, 200_000, spill).sort(), run(pipeline).sort(), pipeline);
    assert.ok(spill.files > 1, `${pipeline} wrote ${spill.files} files`);
  }
});

test('files of files hold what one level does not', () => {
  const spill = new ListSpill();
  const pipeline = '[{"$group":{"_id":"$h","n":{"$sum":"$n"}}}]';
  assert.deepEqual(run(pipeline, 20_000, spill).sort(), run(pipeline).sort());
  assert.ok(spill.files > 16, `${spill.files} files`);
});

test('without a place for files the run is refused', () => {
  for (const pipeline of [...SORTED, ...GROUPED])
    assert.throws(() => run(pipeline, 20_000), { code: 'pipeline_too_large' }, pipeline);
});
