import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Document, parseDocument } from '@aerolithdb/protocol';
import { matches, parseFilter, seededRandom } from '@aerolithdb/query';
import { openReader } from '@aerolithdb/storage';
import { readCatalogue } from '../../catalogue.ts';
import { indexHealth } from '../../inspect/index-health.ts';
import { ScratchDatabase } from '../../read/scratch-database.ts';
import { decodeChunk, encodeChunk, setRow } from './chunk-codec.ts';
import { CHUNK_ROWS, countBits, emptyChunk, RowSet, rowsIn } from './row-set.ts';

function chunkWith(rows: Iterable<number>) {
  const chunk = emptyChunk();
  for (const row of rows) setRow(chunk, row);
  return chunk;
}

test('a chunk is read as it was written, in the shortest of its forms', () => {
  const random = seededRandom(5);
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const cases: readonly (readonly [rows: number[], form: number])[] = [
    [[], 0],
    [[0], 0],
    [[4095], 0],
    [[3, 700, 4000], 0],
    [range(0, CHUNK_ROWS), 2],
    [[...range(5, 90), ...range(1000, 1001), ...range(2047, 2050)], 2],
    [range(0, CHUNK_ROWS).filter(() => random() < 0.5), 1],
    [range(0, CHUNK_ROWS).filter(() => random() < 0.01), 0],
  ];
  for (const [rows, form] of cases) {
    const bytes = encodeChunk(chunkWith(rows));
    assert.equal(bytes[0], form);
    assert.deepEqual([...rowsIn(decodeChunk(bytes))], rows);
    assert.equal(countBits(decodeChunk(bytes)), rows.length);
    assert.ok(bytes.length <= 1 + CHUNK_ROWS / 8);
  }
});

test('sets of rows are joined as sets are', () => {
  const random = seededRandom(6);
  const rows = () => new Set(Array.from({ length: 400 }, () => Math.floor(random() * 20_000)));
  const rowSet = (set: ReadonlySet<number>) => {
    const made = new RowSet();
    for (const rid of set) made.add(Math.floor(rid / CHUNK_ROWS), chunkWith([rid % CHUNK_ROWS]));
    return made;
  };
  const sorted = (set: ReadonlySet<number>) => [...set].sort((a, b) => a - b);
  for (let i = 0; i < 20; i += 1) {
    const [a, b] = [rows(), rows()];
    assert.deepEqual(rowSet(a).and(rowSet(b)).rids(), sorted(a.intersection(b)));
    assert.deepEqual(rowSet(a).or(rowSet(b)).rids(), sorted(a.union(b)));
    assert.deepEqual(rowSet(a).without(rowSet(b)).rids(), sorted(a.difference(b)));
    assert.equal(rowSet(a).size, a.size);
  }
});

/** A collection with bitmaps on some of its fields, and a plain copy of it. */
class Orders {
  readonly database = new ScratchDatabase();
  readonly copy = new Map<number, Document>();
  readonly random = seededRandom(11);
  #next = 1;

  constructor(context: TestContext) {
    context.after(() => this.database[Symbol.dispose]());
    this.database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
    this.index('state');
    this.index('tags');
  }

  index(path: string): void {
    const index = { name: `${path}_bitmap`, keys: [[path, 'bitmap'] as const] };
    this.database.run([{ type: 'createIndex', collection: 'c', index }]);
  }

  insert(count: number): void {
    for (let left = count; left > 0; left -= 1000) {
      const documents = Array.from({ length: Math.min(1000, left) }, () => this.#document(this.#next++));
      this.database.run([{ type: 'insert', collection: 'c', documents }]);
    }
  }

  replace(id: number): void {
    if (!this.copy.has(id)) return;
    this.database.run([{ type: 'replace', collection: 'c', id: String(id), document: this.#document(id) }]);
  }

  remove(id: number): void {
    if (!this.copy.delete(id)) return;
    this.database.run([{ type: 'delete', collection: 'c', filter: `{"_id":${id}}` }]);
  }

  truth(filter: string): number[] {
    const passes = parseFilter(parseDocument(filter));
    return [...this.copy].filter(([, document]) => matches(passes, document)).map(([id]) => id);
  }

  find(filter: string, more = {}) {
    const answer = this.database.read({ kind: 'find', collection: 'c', filter, projection: '{"_id":1}', explain: true, ...more });
    const ids = (JSON.parse(answer.text ?? '[]') as { _id: number }[]).map(({ _id }) => _id);
    return { ids, index: answer.explain?.index, cursor: answer.cursor };
  }

  count(filter: string) {
    const { count, explain } = this.database.read({ kind: 'count', collection: 'c', filter, explain: true });
    return { count, index: explain?.index, rowsRead: explain?.rowsRead };
  }

  #document(id: number): string {
    const pick = (values: readonly string[]) => values[Math.floor(this.random() * values.length)]!;
    const state = pick(['"open"', '"paid"', '"sent"', 'null', '7', '7.5', 'true', '']);
    const tags = pick(['["a"]', '["a","b"]', '[]', '"b"', '["c",["a"]]', '[null]', '']);
    const field = (name: string, value: string) => (value === '' ? '' : `,"${name}":${value}`);
    const text = `{"_id":${id},"n":${id % 10}${field('state', state)}${field('tags', tags)}}`;
    this.copy.set(id, parseDocument(text));
    return text;
  }
}

const FILTERS = [
  '{"state":"open"}',
  '{"state":{"$ne":"open"}}',
  '{"state":{"$in":["open","paid"]}}',
  '{"state":{"$nin":["open",7]}}',
  '{"state":{"$gte":7}}',
  '{"state":null}',
  '{"tags":"a"}',
  '{"tags":{"$ne":"a"}}',
  '{"tags":["a"]}',
  '{"tags":{"$all":["a","b"]}}',
  '{"state":"open","tags":"a"}',
  '{"state":"open","tags":{"$ne":"a"},"n":{"$lt":5}}',
  '{"$or":[{"state":"open"},{"tags":"b"}]}',
  '{"$or":[{"state":"open","n":3},{"tags":"b"}]}',
  '{"$nor":[{"state":"open"},{"tags":"b"}]}',
  '{"state":{"$not":{"$gt":7}}}',
  '{"$and":[{"$or":[{"state":"paid"},{"state":7}]},{"tags":{"$nin":["a","c"]}}]}',
  '{"state":{"$exists":false}}',
] as const;

test('bitmaps give what the documents say, through changes and restarts', (context) => {
  const orders = new Orders(context);
  orders.insert(700);
  const check = () => {
    for (const filter of FILTERS) {
      const truth = orders.truth(filter);
      assert.deepEqual(orders.find(filter).ids, truth, filter);
      assert.equal(orders.count(filter).count, truth.length, filter);
    }
  };
  check();
  for (let round = 0; round < 150; round += 1) {
    orders.replace(1 + Math.floor(orders.random() * 700));
    orders.remove(1 + Math.floor(orders.random() * 50));
  }
  orders.insert(100);
  check();
  assert.deepEqual(faultsOf(orders), []);
});

function faultsOf(orders: Orders): string[] {
  const reader = openReader(orders.database.folder);
  try {
    const [collection] = readCatalogue(reader).collections.values();
    return collection!.indexes.flatMap((index) => indexHealth(reader, collection!, index, 200).faults);
  } finally {
    reader.close();
  }
}

test('several bitmaps are joined, and a count looks at no document', (context) => {
  const orders = new Orders(context);
  orders.insert(3000);
  const filter = '{"state":"open","tags":{"$ne":"a"}}';
  assert.deepEqual(orders.count(filter), {
    count: orders.truth(filter).length,
    index: 'state_bitmap + tags_bitmap',
    rowsRead: 0,
  });
  const first = orders.find(filter, { batchSize: 20, hint: 'state_bitmap' });
  const second = orders.find(filter, { batchSize: 20, hint: 'state_bitmap', cursor: first.cursor });
  assert.deepEqual([...first.ids, ...second.ids], orders.truth(filter).slice(0, 40));
});

test('an index over what is there has the same bitmaps as one that was there before', (context) => {
  const orders = new Orders(context);
  orders.insert(300);
  orders.database.run([{ type: 'dropIndex', collection: 'c', index: 'state_bitmap' }]);
  orders.index('state');
  for (const filter of FILTERS) assert.deepEqual(orders.find(filter).ids, orders.truth(filter), filter);
  assert.throws(() => {
    const index = { name: 'two', keys: [['a', 'bitmap'] as const, ['b', 1] as const] };
    orders.database.run([{ type: 'createIndex', collection: 'c', index }]);
  }, /invalid_index/);
});
