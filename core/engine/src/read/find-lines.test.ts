import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinesRequest } from '@aerolithdb/protocol';
import { arraySlices } from '@aerolithdb/protocol';
import { ScratchDatabase } from './scratch-database.ts';

type Query = Omit<LinesRequest, 'kind' | 'collection'>;

function textOf({ reader }: ScratchDatabase, query: Query = {}): string {
  return reader.lines({ kind: 'find', collection: 'c', ...query }, ({ pieces }) => Buffer.concat([...pieces]).toString());
}

function pagedText(database: ScratchDatabase, query: Query): string {
  let text = '';
  let cursor: string | undefined;
  do {
    const answer = database.read({
      kind: 'find',
      collection: 'c',
      ...query,
      ...(cursor !== undefined && { cursor }),
    });
    for (const document of arraySlices(answer.text!)) text += `${document}\n`;
    cursor = answer.cursor;
  } while (cursor !== undefined);
  return text;
}

function linesOf(documents: readonly string[]): string {
  return documents.map((document) => `${document}\n`).join('');
}

function insert(database: ScratchDatabase, documents: readonly string[]): void {
  for (let first = 0; first < documents.length; first += 1000)
    database.run([{ type: 'insert', collection: 'c', documents: documents.slice(first, first + 1000) }]);
}

function collection(): ScratchDatabase {
  const database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  return database;
}

const QUERIES: readonly Query[] = [
  {},
  { limit: 5 },
  { skip: 3 },
  { skip: 3, limit: 4 },
  { limit: 0 },
  { filter: '{"n":{"$gte":10}}' },
  { filter: '{"n":{"$gte":10}}', hint: '$natural', limit: 9 },
  { filter: '{"none":1}' },
  { filter: '{"tags":{"$in":["a","b"]}}' },
  { filter: '{"tags":{"$in":["a","b"]}}', skip: 2, limit: 11 },
  { filter: '{"$or":[{"n":3},{"tags":"a"}]}' },
  { filter: '{"name":{"$regex":"^x[1-3]"}}' },
  { sort: '{"n":-1}' },
  { sort: '{"name":1}' },
  { sort: '{"name":-1}', skip: 2, limit: 9 },
  { projection: '{"name":1}' },
  { projection: '{"name":0}', sort: '{"name":1}', limit: 3 },
  { at: { height: 4 } },
  { at: { height: 4 }, filter: '{"n":{"$lt":9}}', skip: 1, limit: 5 },
  { at: { height: 4 }, sort: '{"n":-1}', skip: 1, limit: 5, projection: '{"n":1}' },
];

test('lines are the documents of all pages of the same find, in the same order', () => {
  using database = collection();
  for (const [name, keys] of [
    ['n', [['n', 1]]],
    ['tags', [['tags', 1]]],
  ] as const)
    database.run([{ type: 'createIndex', collection: 'c', index: { name, keys } }]);
  const documents = Array.from(
    { length: 40 },
    (_, n) => `{"_id":${n},"n":${n % 13},"name":"x${n % 5} é😀\\n","tags":["a","b","c"],"at":{"$date":${n * 1001}}}`,
  );
  insert(database, documents);
  database.run([{ type: 'delete', collection: 'c', filter: '{"n":4}' }]);
  for (const query of QUERIES) assert.equal(textOf(database, query), pagedText(database, query), JSON.stringify(query));
  assert.match(textOf(database, { limit: 1 }), /^\{"_id":0,.*"at":\{"\$date":"1970-01-01T00:00:00Z"\}\}\n$/);
});

test('an empty collection has no line, an unknown one is refused by name', () => {
  using database = collection();
  assert.equal(textOf(database), '');
  assert.equal(textOf(database, { sort: '{"n":1}' }), '');
  assert.throws(() => database.reader.lines({ kind: 'find', collection: 'd', filter: '{}' }, () => assert.fail()), {
    code: 'unknown_collection',
  });
  assert.throws(() => textOf(database, { filter: '{"n":{"$gq":1}}' }), { code: 'unknown_operator' });
});

test('runs of any length and documents of any size come whole, in order, and no piece is much larger than its bound', () => {
  using database = collection();
  const sizes = [
    ...Array.from({ length: 1500 }, () => 10),
    5000,
    ...Array.from({ length: 900 }, () => 100),
    70_000,
    900_000,
    10,
    20_000,
  ];
  const documents = sizes.map((size, n) => `{"_id":${n},"x":"${'y'.repeat(size)}"}`);
  insert(database, documents);
  for (const limit of [undefined, 1, 1023, 1024, 1025, 1501, 2401]) {
    const query = limit === undefined ? {} : { limit };
    assert.ok(textOf(database, query) === linesOf(documents.slice(0, limit)), `limit ${limit}`);
  }
  database.reader.lines({ kind: 'find', collection: 'c' }, ({ pieces }) => {
    for (const piece of pieces) assert.ok(piece.length < 4_300_000);
  });
});

test('all pieces are of the state that the first is of', () => {
  using database = collection();
  const documents = Array.from({ length: 3000 }, (_, n) => `{"_id":${n}}`);
  insert(database, documents);
  const before = database.reader.head().height;
  database.reader.lines({ kind: 'find', collection: 'c' }, ({ height, pieces }) => {
    assert.equal(height, before);
    let text = String(pieces.next().value);
    database.run([{ type: 'delete', collection: 'c', filter: '{"_id":{"$gte":2900}}', multi: true }]);
    insert(database, ['{"_id":"new"}']);
    for (const piece of pieces) text += piece;
    assert.ok(text === linesOf(documents));
  });
  assert.ok(textOf(database) === linesOf([...documents.slice(0, 2900), '{"_id":"new"}']));
});
