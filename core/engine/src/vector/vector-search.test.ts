import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Document, parseDocument, type Value } from '@aerolithdb/protocol';
import { matches, parseFilter, scorerOf, seededRandom } from '@aerolithdb/query';
import { openReader } from '@aerolithdb/storage';
import { Reader } from '../read/reader.ts';
import { ScratchDatabase } from '../read/scratch-database.ts';
import { GraphBuilder } from './graph-builder.ts';

const DIMENSIONS = 16;
const LIMIT = 10;

type Similarity = 'cosine' | 'l2' | 'dot';

/** A collection of documents with vectors around some centres, and a plain copy of it to compare with. */
class Vectors {
  readonly database = new ScratchDatabase();
  reader = Reader.open(this.database.folder);
  readonly copy = new Map<number, Document>();
  readonly similarity: Similarity;
  readonly random = seededRandom(7);
  readonly #centres: number[][];
  #next = 1;

  constructor(context: TestContext, similarity: Similarity = 'cosine') {
    context.after(() => {
      this.reader.close();
      this.database[Symbol.dispose]();
    });
    this.similarity = similarity;
    this.#centres = Array.from({ length: 40 }, () => this.#point());
    this.database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
    this.index('v', 'vector', { dimensions: DIMENSIONS, similarity });
  }

  index(path: string, key: 1 | 'vector', more = {}): void {
    const index = { name: `${path}_${key}`, keys: [[path, key] as const], ...more };
    this.database.run([{ type: 'createIndex', collection: 'c', index }]);
  }

  vector(): number[] {
    const centre = this.#centres[Math.floor(this.random() * this.#centres.length)]!;
    return centre.map((number) => Math.fround(number + (this.random() - 0.5) * 0.8));
  }

  insert(count: number): void {
    for (let left = count; left > 0; left -= 500) {
      const documents = Array.from({ length: Math.min(500, left) }, () => this.#document(this.#next++));
      this.database.run([{ type: 'insert', collection: 'c', documents }]);
    }
  }

  replace(id: number): void {
    this.database.run([{ type: 'replace', collection: 'c', id: String(id), document: this.#document(id) }]);
  }

  remove(id: number): void {
    this.copy.delete(id);
    this.database.run([{ type: 'delete', collection: 'c', filter: `{"_id":${id}}` }]);
  }

  restartReader(): void {
    this.reader.close();
    this.reader = Reader.open(this.database.folder);
  }

  build(): number {
    const reader = openReader(this.database.folder);
    try {
      return new GraphBuilder(reader, () => false).look();
    } finally {
      reader.close();
    }
  }

  search(query: readonly number[], more: string = ''): { ids: number[]; scores: number[]; way: string | undefined } {
    const search = `{"path":"v","queryVector":${JSON.stringify(query)},"limit":${LIMIT}${more}}`;
    const pipeline = `[{"$vectorSearch":${search}},{"$project":{"score":{"$meta":"vectorSearchScore"}}}]`;
    const { text = '[]', explain } = this.reader.read({ kind: 'aggregate', collection: 'c', pipeline, explain: true });
    const found = JSON.parse(text) as { _id: number; score: number }[];
    return { ids: found.map(({ _id }) => _id), scores: found.map(({ score }) => score), way: explain?.vectorSearch?.way };
  }

  /** By comparing everything in the plain copy. */
  truth(query: readonly number[], filter: string = '{}'): number[] {
    const passes = parseFilter(parseDocument(filter));
    const score = scorerOf(this.similarity, Float32Array.from(query));
    return [...this.copy]
      .map(([id, document]) => ({ id, document }))
      .filter(({ document }) => matches(passes, document) && Array.isArray(document.get('v')))
      .map(({ id, document }) => ({ id, score: score(numbersOf(document)) }))
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, LIMIT)
      .map(({ id }) => id);
  }

  recall(more: string = '', filter: string = '{}', queries = 20): number {
    let hits = 0;
    let all = 0;
    for (let i = 0; i < queries; i += 1) {
      const query = this.vector();
      const found = new Set(this.search(query, more).ids);
      const truth = this.truth(query, filter);
      assert.equal(found.size, truth.length, 'as many as there are, up to the limit');
      hits += truth.filter((id) => found.has(id)).length;
      all += truth.length;
    }
    return hits / all;
  }

  files(): string[] {
    return readdirSync(this.database.folder).filter((name) => name.includes('-vectors-'));
  }

  #document(id: number): string {
    const v = this.random() < 0.05 ? '' : `,"v":${JSON.stringify(this.vector())}`;
    const text = `{"_id":${id},"n":${id},"half":${id % 2},"rare":${id % 400}${v}}`;
    this.copy.set(id, parseDocument(text));
    return text;
  }

  #point(): number[] {
    return Array.from({ length: DIMENSIONS }, () => this.random() - 0.5);
  }
}

function numbersOf(document: Document): Float32Array {
  return Float32Array.from(document.get('v') as Value[], Number);
}

test('without a graph the answer is exact, through changes and with filters', (context) => {
  const vectors = new Vectors(context);
  vectors.insert(300);
  for (let id = 1; id < 100; id += 3) vectors.replace(id);
  for (let id = 2; id < 100; id += 7) vectors.remove(id);
  for (const filter of ['{}', '{"half":1}', '{"rare":{"$lt":3}}', '{"n":{"$gt":9999}}'])
    for (let i = 0; i < 5; i += 1) {
      const query = vectors.vector();
      const { ids, scores } = vectors.search(query, `,"filter":${filter}`);
      assert.deepEqual(ids, vectors.truth(query, filter));
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => b - a),
      );
    }
});

for (const similarity of ['cosine', 'l2', 'dot'] as const)
  test(`a graph by ${similarity} finds nearly all of the nearest, and follows changes`, (context) => {
    const vectors = new Vectors(context, similarity);
    vectors.insert(2200);
    assert.equal(vectors.build(), 1);
    assert.equal(vectors.build(), 0, 'there is nothing to do');
    assert.equal(vectors.search(vectors.vector()).way, 'graph');
    assert.ok(vectors.recall() >= 0.95);
    for (let id = 1; id < 300; id += 3) vectors.replace(id);
    for (let id = 2; id < 300; id += 3) vectors.remove(id);
    vectors.insert(200);
    assert.ok(vectors.recall() >= 0.95, 'with a tail, and with vectors in the graph that have gone');
    for (const exact of [true, false]) assert.ok(vectors.recall(`,"exact":${exact}`) >= (exact ? 1 : 0.95));
  });

test('with a filter there are as many as asked for, and they are the nearest', (context) => {
  const vectors = new Vectors(context);
  vectors.insert(3000);
  vectors.build();
  vectors.index('rare', 1);
  const cases = [
    ['{"half":1}', 'graph'],
    ['{"rare":7}', 'filter'],
    ['{"n":{"$mod":[500,3]}}', undefined],
    ['{"n":{"$lt":40}}', undefined],
  ] as const;
  for (const [filter, way] of cases) {
    const { way: taken } = vectors.search(vectors.vector(), `,"filter":${filter}`);
    if (way !== undefined) assert.equal(taken, way, filter);
    assert.ok(vectors.recall(`,"filter":${filter}`, filter, 10) >= 0.95, filter);
  }
});

test('a graph grows with its index, is made anew when much of it has gone, and ends with its index', (context) => {
  const vectors = new Vectors(context);
  vectors.insert(2500);
  vectors.build();
  const [first] = vectors.files().filter((name) => name.endsWith('.graph'));
  vectors.insert(1500);
  assert.equal(vectors.build(), 1, 'it is made longer');
  assert.ok(!vectors.files().includes(first!));
  assert.ok(vectors.recall() >= 0.95);
  vectors.database.run([{ type: 'delete', collection: 'c', filter: '{"n":{"$lt":1500}}', multi: true }]);
  for (let id = 1; id < 1500; id += 1) vectors.copy.delete(id);
  assert.equal(vectors.build(), 1, 'it is made anew');
  assert.ok(vectors.recall() >= 0.95);
  vectors.database.run([{ type: 'dropIndex', collection: 'c', index: 'v_vector' }]);
  vectors.build();
  assert.deepEqual(vectors.files(), []);
});

test('a graph that is damaged, cut off, or of another chain is not used, and made anew', (context) => {
  const vectors = new Vectors(context);
  vectors.insert(2500);
  vectors.build();
  const graph = join(vectors.database.folder, vectors.files().find((name) => name.endsWith('.graph'))!);
  const bytes = readFileSync(graph);
  const damages = [
    () => writeFileSync(graph, bytes.with(5000, bytes[5000]! ^ 1)),
    () => writeFileSync(graph, bytes.subarray(0, bytes.length >> 1)),
    () => writeFileSync(manifest(vectors), readFileSync(manifest(vectors), 'utf8').slice(0, 40)),
    () => undefined,
  ];
  for (const damage of damages) {
    rmSync(graph);
    damage();
    vectors.restartReader();
    const query = vectors.vector();
    const { ids, way } = vectors.search(query);
    assert.equal(way, 'all');
    assert.deepEqual(ids, vectors.truth(query));
    assert.equal(vectors.build(), 1);
    assert.equal(vectors.search(query).way, 'graph');
  }
  const other = JSON.parse(readFileSync(manifest(vectors), 'utf8')) as { blockHash: string };
  writeFileSync(manifest(vectors), JSON.stringify({ ...other, blockHash: '0'.repeat(64) }));
  assert.equal(vectors.search(vectors.vector()).way, 'all');
  assert.equal(vectors.build(), 1);
});

test('a builder that is stopped leaves no graph', (context) => {
  const vectors = new Vectors(context);
  vectors.insert(2500);
  const reader = openReader(vectors.database.folder);
  let asked = 0;
  assert.equal(new GraphBuilder(reader, () => ++asked > 4).look(), 0);
  reader.close();
  assert.deepEqual(vectors.files(), []);
});

test('a past state is searched without an index', (context) => {
  const vectors = new Vectors(context);
  vectors.insert(50);
  const query = vectors.vector();
  const [before, at] = [vectors.search(query), vectors.database.engine.head().height];
  for (const id of before.ids) vectors.remove(id);
  const pipeline = `[{"$vectorSearch":{"path":"v","queryVector":${JSON.stringify(query)},"limit":${LIMIT}}},{"$project":{"_id":1}}]`;
  const { text } = vectors.reader.read({ kind: 'aggregate', collection: 'c', pipeline, at: { height: at } });
  assert.deepEqual(
    (JSON.parse(text ?? '[]') as { _id: number }[]).map(({ _id }) => _id),
    before.ids,
  );
});

test('what does not fit the index is refused, and changes nothing', (context) => {
  const vectors = new Vectors(context);
  vectors.insert(3);
  const zeros = JSON.stringify(Array.from({ length: DIMENSIONS }, () => 0));
  for (const v of ['[1,2]', '"x"', zeros, `[${'"a",'.repeat(DIMENSIONS - 1)}"a"]`, `[${'1e300,'.repeat(DIMENSIONS - 1)}1]`]) {
    const insert = () => vectors.database.run([{ type: 'insert', collection: 'c', documents: [`{"_id":99,"v":${v}}`] }]);
    assert.throws(insert, /invalid_vector/, v);
    assert.throws(() => vectors.search(JSON.parse(v) as number[]), { code: 'invalid_vector' });
  }
  vectors.database.run([{ type: 'insert', collection: 'c', documents: ['{"_id":99,"v":null}'] }]);
  assert.throws(() => vectors.search(vectors.vector(), ',"index":"v_vectr"'), /Did you mean "v_vector"/);
});

function manifest(vectors: Vectors): string {
  return join(vectors.database.folder, vectors.files().find((name) => name.endsWith('.json'))!);
}
