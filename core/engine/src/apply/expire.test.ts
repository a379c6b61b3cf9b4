import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { IndexSpec, OperationResult } from '@aerolithdb/protocol';
import { ScratchDatabase } from '../read/scratch-database.ts';

let database: ScratchDatabase;

beforeEach(() => {
  database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }], 1000);
});
afterEach(() => database[Symbol.dispose]());

function create(index: Partial<IndexSpec> = {}): void {
  const spec = { name: 'at', keys: [['at', 1]], expireAfterSeconds: 10, ...index } as const;
  database.run([{ type: 'createIndex', collection: 'c', index: spec }]);
}

function insert(...values: readonly string[]): void {
  const documents = values.map((value, i) => `{"_id":${i},"at":${value}}`);
  database.run([{ type: 'insert', collection: 'c', documents }]);
}

/** At a time in seconds. */
function expireAt(seconds: number, limit = 100): OperationResult {
  return database.run([{ type: 'expire', collection: 'c', index: 'at', limit }], seconds * 1000)[0]!;
}

function ids(): unknown {
  const { text } = database.read({ kind: 'find', collection: 'c', sort: '{"_id":1}', projection: '{"_id":1}' });
  return (JSON.parse(text!) as { _id: unknown }[]).map(({ _id }) => _id);
}

const date = (seconds: number) => `{"$date":${seconds * 1000}}`;

test('a document goes when the time of a block is so many seconds after its date', () => {
  create();
  insert(date(20), date(21), date(500));
  assert.deepEqual(expireAt(29), { deleted: 0 });
  assert.deepEqual(expireAt(30), { deleted: 1 });
  assert.deepEqual(ids(), [1, 2]);
  assert.deepEqual(expireAt(400), { deleted: 1 });
  assert.deepEqual(ids(), [2]);
});

test('what is no date never expires, and of several dates the earliest counts', () => {
  create();
  insert('5', 'null', '"1970-01-01"', '{"$timestamp":{"t":1,"i":1}}', `[${date(900)},${date(20)},3]`, '[]', `[${date(900)}]`);
  assert.deepEqual(expireAt(100), { deleted: 1 });
  assert.deepEqual(ids(), [0, 1, 2, 3, 5, 6]);
});

for (const direction of [1, -1] as const) {
  test(`a command deletes no more than its limit, the earliest first, and says that more is left (${direction})`, () => {
    create({ keys: [['at', direction]] });
    insert(date(23), date(21), date(25), date(22), date(24));
    const first = expireAt(100, 2);
    assert.equal(first.deleted, 2);
    assert.notEqual(first.next, undefined);
    assert.deepEqual(ids(), [0, 2, 4]);
    assert.equal(expireAt(101, 2).deleted, 2);
    assert.deepEqual(expireAt(102, 2), { deleted: 1 });
  });
}

test('a partial index expires its documents only', () => {
  create({ partialFilterExpression: '{"_id":{"$gt":0}}' });
  insert(date(20), date(20));
  assert.deepEqual(expireAt(100), { deleted: 1 });
  assert.deepEqual(ids(), [0]);
});

test('the expiry of an index can be changed, also of a hidden one', () => {
  create({ hidden: true });
  insert(date(20));
  database.run([{ type: 'alterIndex', collection: 'c', index: 'at', expireAfterSeconds: 1000 }]);
  assert.deepEqual(expireAt(100), { deleted: 0 });
  database.run([{ type: 'alterIndex', collection: 'c', index: 'at', expireAfterSeconds: 0, hidden: false }]);
  assert.equal(database.reader.hasExpired('c', 'at', 19_999), false);
  assert.equal(database.reader.hasExpired('c', 'at', 20_000), true);
  assert.deepEqual(expireAt(110), { deleted: 1 });
});

test('deletes by expiry stand in history and changes like others', () => {
  create();
  insert(date(20));
  expireAt(100);
  const { text } = database.read({ kind: 'changes', collection: 'c', since: 0, limit: 10 });
  assert.deepEqual(
    (JSON.parse(text!) as { kind: string }[]).map(({ kind }) => kind),
    ['createCollection', 'insert', 'delete'],
  );
});

test('where there is nothing to expire nothing happens, and a wrong definition is refused', () => {
  assert.deepEqual(expireAt(100), { deleted: 0 });
  const keys = [
    ['a', 1],
    ['b', 1],
  ] as const;
  const [compound, plain] = database.apply([
    { type: 'createIndex', collection: 'c', index: { name: 'x', keys, expireAfterSeconds: 5 } },
    { type: 'createIndex', collection: 'c', index: { name: 'y', keys: [['y', 1]] } },
  ]);
  assert.match(compound?.ok === false ? compound.error.message : '', /needs an index of one path/);
  assert.equal(plain?.ok, true);
  const [altered] = database.apply([{ type: 'alterIndex', collection: 'c', index: 'y', expireAfterSeconds: 5 }]);
  assert.match(altered?.ok === false ? altered.error.message : '', /has no expireAfterSeconds/);
});
