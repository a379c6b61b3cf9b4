import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Change, changeHash, parseDocument, position, toStored, ZERO_HASH } from '@aerolithdb/protocol';
import { ScratchDatabase } from './scratch-database.ts';

function written(): ScratchDatabase {
  const database = new ScratchDatabase();
  database.run(['c', 'd'].map((collection) => ({ type: 'createCollection', collection, options: {} })));
  for (let i = 0; i < 10; i++) {
    database.run([
      {
        type: 'insert',
        collection: i % 3 === 0 ? 'd' : 'c',
        documents: [`{"_id":${i},"when":{"$date":${i}}}`, `{"_id":${i + 100}}`],
      },
    ]);
  }
  database.run([{ type: 'delete', collection: 'c', filter: '{"_id":1}' }]);
  return database;
}

function follow(database: ScratchDatabase, collection: string | undefined, limit: number): Change[] {
  const all: Change[] = [];
  let since = 0;
  for (;;) {
    const named = collection === undefined ? {} : { collection };
    const { text = '[]', position: next = 0 } = database.read({ kind: 'changes', ...named, since, limit });
    const changes = JSON.parse(text) as Change[];
    if (changes.length === 0) return all;
    all.push(...changes);
    since = next;
  }
}

test('changes follow one another without a gap, whatever the page', () => {
  using database = written();
  const all = follow(database, undefined, 1000);
  assert.equal(all.length, 23);
  for (const limit of [1, 2, 7]) assert.deepEqual(follow(database, undefined, limit), all);
  assert.deepEqual(
    follow(database, 'd', 3),
    all.filter((change) => change.collection === 'd'),
  );
});

test('each collection is a chain of hashes that a reader can check', () => {
  using database = written();
  for (const collection of ['c', 'd']) {
    let previousHash = ZERO_HASH;
    for (const change of follow(database, collection, 4)) {
      assert.equal(change.previousHash, previousHash);
      const { id, document, hash, ...rest } = change;
      // The stream shows the outgoing form; what is hashed is the stored one.
      const stored = document === undefined ? {} : { document: toStored(parseDocument(JSON.stringify(document))) };
      assert.equal(changeHash({ ...rest, ...(id === undefined ? {} : { id: String(id) }), ...stored }), hash);
      previousHash = hash;
    }
  }
});

test('a page without changes still says where to go on', () => {
  using database = written();
  const answer = database.read({ kind: 'changes', collection: 'd', since: position(11, 5), limit: 10 });
  assert.deepEqual([answer.text, answer.position, answer.height], ['[]', position(12, 16383), 12]);
});

test('a position ahead of the log is refused, and so is a collection that never was', () => {
  using database = written();
  assert.throws(() => database.read({ kind: 'changes', since: position(13, 0), limit: 1 }), { code: 'invalid_position' });
  assert.throws(() => database.read({ kind: 'changes', since: 0.5, limit: 1 }), { code: 'invalid_position' });
  assert.throws(() => database.read({ kind: 'changes', collection: 'e', since: 0, limit: 1 }), { code: 'unknown_collection' });
});

test('the drop of a collection is its last change', () => {
  using database = written();
  database.run([{ type: 'dropCollection', collection: 'd' }]);
  const since = position(12, 16383);
  const { text, position: next = 0 } = database.read({ kind: 'changes', collection: 'd', since, limit: 5 });
  assert.equal((JSON.parse(text!) as Change[])[0]?.kind, 'dropCollection');
  assert.throws(() => database.read({ kind: 'changes', collection: 'd', since: next, limit: 5 }), { code: 'unknown_collection' });
});
