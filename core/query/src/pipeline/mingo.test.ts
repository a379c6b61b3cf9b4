/** Random pipelines against mingo, an independent implementation. Replay: AEROLITH_SEED=<seed> node --test core/query/src/pipeline/mingo.test.ts */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AerolithError, type Document, fromPlain, toPlain, type Value } from '@aerolithdb/protocol';
import { aggregate } from 'mingo';
import { tableRows } from '../text-table.ts';
import { runInMemory } from './memory-sources.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { Chooser, type PlainDocument, randomDocuments, randomPipeline } from './random-pipelines.ts';
import { seededRandom } from './seeded-random.ts';

const PIPELINES = 600;
const seed = Number(process.env.AEROLITH_SEED ?? 5);

test('random pipelines give what mingo gives', () => {
  let compared = 0;
  for (let number = 0; number < PIPELINES; number++) {
    const chooser = new Chooser(seededRandom(seed + number));
    const [c, o] = [randomDocuments(chooser, 20), randomDocuments(chooser, 12)];
    const pipeline = randomPipeline(chooser);
    const expected = ours(c, o, pipeline);
    if (expected === undefined) continue;
    compared++;
    const found = aggregate(structuredClone(c), pipeline, { collectionResolver: () => structuredClone(o) });
    assert.deepEqual(found.map(comparable).sort(), expected, `AEROLITH_SEED=${seed + number} ${JSON.stringify(pipeline)}`);
  }
  assert.ok(compared > PIPELINES * 0.8, `${compared} of ${PIPELINES} were compared`);
});

/** Where the last version of mingo that was tried differs: `stage | ours | mingo's | the manual's words`. */
const DIFFERENCES = `
  {"$bucket":{"groupBy":"$a","boundaries":[0,2,4]}} | [{_id:0,count:1},{_id:2,count:1}] | [{_id:0,count:2},{_id:2,count:0}] | $bucket: "an inclusive lower boundary and an exclusive upper boundary"
  {"$group":{"_id":null,"d":{"$stdDevPop":"$t"}}}   | [{_id:null,d:null}] | [{_id:null,d:NaN}] | $stdDevPop: "returns null" when there are only non-numeric values
  {"$set":{"s.z":"$missing"}}                       | [{_id:0,a:1,s:{}},{_id:1,a:2,s:{}}] | [{_id:0,a:1},{_id:1,a:2}] | $set: a path with dots adds the field to embedded documents, which are made
`;

test('where mingo differs, the manual of MongoDB says otherwise', () => {
  const documents = [
    { _id: 0, a: 1 },
    { _id: 1, a: 2 },
  ];
  for (const [stage, expected, other] of tableRows(DIFFERENCES)) {
    const pipeline = [JSON.parse(stage!)];
    assert.equal(`[${ours(documents, [], pipeline)}]`, expected, stage);
    assert.equal(`[${aggregate(structuredClone(documents), pipeline).map(comparable).sort()}]`, other, `mingo: ${stage}`);
  }
});

function ours(c: PlainDocument[], o: PlainDocument[], pipeline: PlainDocument[]): string[] | undefined {
  const collections = new Map([
    ['c', c.map(fromPlain) as Document[]],
    ['o', o.map(fromPlain) as Document[]],
  ]);
  try {
    const stages = parsePipeline(pipeline.map((stage): Value => fromPlain(stage)));
    return runInMemory(stages, collections)
      .map((document) => comparable(toPlain(document)))
      .sort();
  } catch (error) {
    if (error instanceof AerolithError && error.code !== 'internal') return undefined;
    throw error;
  }
}

/** A text without what is left open (fields that are undefined are not there): the order of fields and of lists that are sets, and the last digits of doubles. */
function comparable(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(12)));
  if (Array.isArray(value)) return `[${value.map(comparable).sort().join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => `${name}:${comparable(inner)}`);
  return `{${fields.sort().join(',')}}`;
}
