/**
 * Random documents of all types and random pipelines: what they give with SQL, with indexes and out of the history, where every stage
 * runs over documents one by one, must be the same.
 *
 * Replay: AEROLITH_SEED=<seed> node --test core/engine/src/read/differential/pipelines.test.ts
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AerolithError,
  type At,
  type Document,
  double,
  parseDocument,
  parseValue,
  toStored,
  type Value,
} from '@aerolithdb/protocol';
import { ScratchDatabase } from '../scratch-database.ts';
import { comparable } from './comparable.ts';
import { randomDocument, randomId } from './random-document.ts';
import { randomPipeline } from './random-pipeline.ts';
import { SeededRandom } from './seeded-random.ts';

const DATABASES = 6;
const DOCUMENTS = 60;
const PIPELINES = 60;

const seed = Number(process.env.AEROLITH_SEED ?? 77);

for (let number = 0; number < DATABASES; number++) {
  const own = seed + number;
  test(`pipelines agree wherever their stages run: seed ${own}`, () => {
    const random = new SeededRandom(own);
    using database = new ScratchDatabase();
    const documents = fill(database, random, KINDS[number % KINDS.length]!);
    let answered = 0;
    let grouped = 0;
    for (let i = 0; i < PIPELINES; i++) {
      const pipeline = toStored(randomPipeline({ random, documents }, random.pick(['plain', 'indexed'])!));
      const at = { height: database.engine.head().height };
      const expected = outcome(database, 'plain', pipeline, at);
      for (const collection of ['plain', 'indexed'])
        assert.deepEqual(outcome(database, collection, pipeline), expected, `${collection} ${pipeline}\nAEROLITH_SEED=${own}`);
      if (!Array.isArray(expected)) continue;
      answered++;
      if (ranInSql(database, pipeline)) grouped++;
    }
    if (KINDS[number % KINDS.length] === plainDocument) assert.ok(grouped > PIPELINES / 10, `only ${grouped} ran in SQL`);
    assert.ok(answered > PIPELINES / 2, `only ${answered} of ${PIPELINES} pipelines were answered`);
  });
}

type Kind = (random: SeededRandom, id: Value) => Document;

/** Documents of all types, with arrays and without, and plain ones, which SQL can group. */
const KINDS: readonly Kind[] = [
  (random, id) => randomDocument(random, id, true),
  plainDocument,
  (random, id) => randomDocument(random, id, false),
];

const PLAIN: readonly Value[] = [1, 2, 3, double(1), double(0.1), double(-2.75), 5_000_000_000n, 'a', 'ab', null, true];

function plainDocument(random: SeededRandom, id: Value): Document {
  const document: Document = new Map([['_id', id]]);
  for (const name of ['a', 'b', 'c']) if (random.chance(0.9)) document.set(name, random.pick(PLAIN));
  if (random.chance(0.2)) document.set('a', new Map([['x', random.pick(PLAIN)]]));
  return document;
}

function fill(database: ScratchDatabase, random: SeededRandom, kind: Kind): Document[] {
  database.run(['plain', 'indexed'].map((collection) => ({ type: 'createCollection', collection, options: {} })));
  for (const field of ['a', 'b', 'a.x'])
    database.run([{ type: 'createIndex', collection: 'indexed', index: { name: field, keys: [[field, 1]] } }]);
  const made = Array.from({ length: DOCUMENTS }, (_, i) => toStored(kind(random, randomId(random, i))));
  for (const collection of ['plain', 'indexed'])
    database.run(made.map((document) => ({ type: 'insert', collection, documents: [document] })));
  return made.map(parseDocument);
}

/** What comes out, in no order, or the code of the refusal. */
function outcome({ reader }: ScratchDatabase, collection: string, pipeline: string, at?: At): readonly string[] | string {
  try {
    const { text = '[]' } = reader.read({ kind: 'aggregate', collection, pipeline, now: 0, ...(at === undefined ? {} : { at }) });
    return (parseValue(text) as Value[]).map(comparable).sort();
  } catch (error) {
    if (error instanceof AerolithError && error.code !== 'internal') return error.code;
    throw error;
  }
}

function ranInSql({ reader }: ScratchDatabase, pipeline: string): boolean {
  const { explain } = reader.read({ kind: 'aggregate', collection: 'plain', pipeline, explain: true });
  return explain?.stages?.some(({ ran }) => ran === 'sql') === true;
}
