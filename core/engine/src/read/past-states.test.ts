import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { At, Operation } from '@aerolithdb/protocol';
import { SeededRandom } from './differential/seeded-random.ts';
import { ScratchDatabase } from './scratch-database.ts';

type State = ReadonlyMap<number, string>;

/** Blocks of random writes; the content after each is remembered. */
function grow(database: ScratchDatabase, random: SeededRandom, blocks: number): State[] {
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  let now = new Map<number, string>();
  const states: State[] = [new Map(), new Map()];
  for (let block = 0; block < blocks; block++) {
    now = new Map(now);
    database.run(Array.from({ length: 1 + random.below(4) }, () => randomWrite(random, now)));
    states.push(now);
  }
  return states;
}

function randomWrite(random: SeededRandom, now: Map<number, string>): Operation {
  const id = random.below(12);
  if (now.has(id) && random.chance(0.3)) {
    now.delete(id);
    return { type: 'delete', collection: 'c', filter: `{"_id":${id}}` };
  }
  const document = `{"_id":${id},"n":${random.below(5)},"d":{"$date":${random.below(9)}}}`;
  now.set(id, document);
  return { type: 'replace', collection: 'c', id: String(id), document, upsert: true };
}

test('every past state is what it was', () => {
  const random = new SeededRandom(7);
  using database = new ScratchDatabase();
  const states = grow(database, random, 60);
  for (let height = 1; height < states.length; height++) {
    const at: At = random.chance(0.5) ? { height } : { time: height * 1000 + random.below(999) };
    checkState(database, states[height]!, at, height);
  }
});

function checkState(database: ScratchDatabase, state: State, at: At, height: number): void {
  const expected = [...state].sort(([a], [b]) => a - b).map(([, text]) => JSON.parse(text) as { _id: number; n: number });
  const found = database.read({ kind: 'find', collection: 'c', at, projection: '{"d":0}', explain: true });
  assert.equal(found.height, height);
  assert.equal(found.explain?.access, 'history');
  assert.deepEqual(
    JSON.parse(found.text!),
    expected.map(({ _id, n }) => ({ _id, n })),
  );
  const filter = '{"n":{"$gte":2}}';
  assert.equal(database.read({ kind: 'count', collection: 'c', at, filter }).count, expected.filter(({ n }) => n >= 2).length);
  const values = [...new Set(expected.map(({ n }) => n))].sort();
  assert.deepEqual(JSON.parse(database.read({ kind: 'distinct', collection: 'c', at, field: 'n' }).text!), values);
  for (let id = 0; id < 12; id++) {
    const { text } = database.read({ kind: 'get', collection: 'c', id: String(id), at });
    assert.equal(text === undefined, !state.has(id), `document ${id} at height ${height}`);
    if (text !== undefined) assert.equal(JSON.parse(text).n, JSON.parse(state.get(id)!).n);
  }
}

test('the history of a document has every version, the newest first', () => {
  using database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  database.run([{ type: 'insert', collection: 'c', documents: ['{"_id":"x","n":1}'] }]);
  database.run([{ type: 'update', collection: 'c', filter: '{"_id":"x"}', update: '{"$inc":{"n":1}}' }]);
  database.run([{ type: 'delete', collection: 'c', filter: '{"_id":"x"}' }]);
  const { text } = database.read({ kind: 'history', collection: 'c', id: '"x"' });
  assert.deepEqual(JSON.parse(text!), [
    { version: 4 * 16384, height: 4, time: 4000, kind: 'delete' },
    { version: 3 * 16384, height: 3, time: 3000, kind: 'update', document: { _id: 'x', n: 2 } },
    { version: 2 * 16384, height: 2, time: 2000, kind: 'insert', document: { _id: 'x', n: 1 } },
  ]);
  assert.equal(database.read({ kind: 'history', collection: 'c', id: '"x"', limit: 1 }).count, 1);
});

test('a collection that was dropped and made again has its own past', () => {
  using database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  database.run([{ type: 'insert', collection: 'c', documents: ['{"_id":1}'] }]);
  database.run([{ type: 'dropCollection', collection: 'c' }]);
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  assert.equal(database.read({ kind: 'count', collection: 'c' }).count, 0);
  assert.throws(() => database.read({ kind: 'find', collection: 'c', at: { height: 2 } }), { code: 'unknown_collection' });
});
