import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { inferSchema } from './infer-schema.ts';
import { stretches } from './sample-documents.ts';
import { Shape } from './shape.ts';

function inferred(...documents: readonly string[]) {
  const shape = new Shape();
  for (const document of documents) shape.add(parseDocument(document));
  const { properties, required } = inferSchema(shape, { collection: 'c', looked: documents.length, documents: documents.length });
  return { properties, required };
}

const TABLE: readonly (readonly [title: string, documents: readonly string[], expected: object])[] = [
  [
    'a field that is always there is required',
    ['{"a":1}', '{"a":2}'],
    { properties: { a: { type: 'integer' } }, required: ['a'] },
  ],
  [
    'one that is not has its share',
    ['{"a":1,"b":"x"}', '{"a":2}'],
    { properties: { a: { type: 'integer' }, b: { type: 'string', $comment: 'in 50 %' } }, required: ['a'] },
  ],
  [
    'several types have their shares, the most common first',
    ['{"a":"x"}', '{"a":null}', '{"a":"y"}', '{"a":"z"}'],
    { properties: { a: { type: ['null', 'string'], $comment: '75 % string, 25 % null' } }, required: ['a'] },
  ],
  [
    'whole numbers and others are numbers',
    ['{"a":1}', '{"a":5000000000}', '{"a":1.5}', '{"a":1.5}'],
    { properties: { a: { type: 'number', $comment: '50 % double, 25 % int, 25 % long' } }, required: ['a'] },
  ],
  [
    'types that JSON lacks are BSON types',
    ['{"a":{"$date":5},"b":{"$oid":"65f000000000000000000001"}}', '{"a":null,"b":{"$oid":"65f000000000000000000002"}}'],
    {
      properties: { a: { bsonType: ['date', 'null'], $comment: '50 % date, 50 % null' }, b: { bsonType: 'objectId' } },
      required: ['a', 'b'],
    },
  ],
  [
    'objects in arrays',
    ['{"a":[{"x":1},{"x":2,"y":true}]}', '{"a":[]}'],
    {
      properties: {
        a: {
          type: 'array',
          items: {
            type: 'object',
            properties: { x: { type: 'integer' }, y: { type: 'boolean', $comment: 'in 50 %' } },
            required: ['x'],
          },
        },
      },
      required: ['a'],
    },
  ],
];

for (const [title, documents, expected] of TABLE) test(title, () => assert.deepEqual(inferred(...documents), expected));

const repeated = (values: readonly string[], times: number) =>
  Array.from({ length: values.length * times }, (_, i) => `{"a":${values[i % values.length]}}`);

test('texts are a list to choose from only when they are few and each comes up often', () => {
  const enumOf = (values: readonly string[], times: number) => {
    const { properties } = inferred(...repeated(values, times)) as { properties: { a: { enum?: unknown } } };
    return properties.a.enum;
  };
  assert.deepEqual(enumOf(['"red"', '"blue"'], 30), ['blue', 'red']);
  assert.deepEqual(enumOf(['"red"', '"blue"', 'null'], 30), ['blue', 'red', null]);
  assert.equal(enumOf(['"red"'], 100), undefined, 'one text alone says nothing');
  assert.equal(enumOf(['"red"', '"blue"'], 20), undefined, 'too few were seen');
  assert.equal(enumOf(['"red"', '5'], 100), undefined, 'another type');
  assert.equal(
    enumOf(
      Array.from({ length: 11 }, (_, i) => `"t${i}"`),
      20,
    ),
    undefined,
    'too many',
  );
  assert.equal(enumOf([`"${'x'.repeat(41)}"`, '"b"'], 50), undefined, 'too long');
  const rare = new Shape();
  for (const text of [...repeated(['"red"', '"blue"'], 50), '{"a":"once"}']) rare.add(parseDocument(text));
  assert.doesNotMatch(JSON.stringify(inferSchema(rare, { collection: 'c', looked: 101, documents: 101 })), /enum/);
});

test('an object with very many names is taken for a map', () => {
  const names = Array.from({ length: 300 }, (_, i) => `{"a":{"key ${i}":1}}`);
  assert.deepEqual(inferred(...names).properties, {
    a: { type: 'object', description: 'More than 200 different names: taken for a map.' },
  });
});

test('a schema says whether it comes from a sample', () => {
  const shape = new Shape();
  shape.add(parseDocument('{"a":1}'));
  const said = (looked: number, documents: number) => inferSchema(shape, { collection: 'c', looked, documents }).$comment;
  assert.match(String(said(1, 90)), /a sample of 1 of 90 documents/);
  assert.match(String(said(90, 90)), /all 90 documents/);
  assert.deepEqual(inferSchema(new Shape(), { collection: 'c', looked: 0, documents: 0 }).type, 'object');
});

test('a sample comes from all over the collection and takes no document twice', () => {
  for (const [documents, most] of [
    [1000, 100],
    [1001, 1000],
    [50, 7],
    [2, 1],
    [100_000, 999],
  ] as const) {
    const parts = stretches(documents, most);
    assert.equal(
      parts.reduce((sum, { limit }) => sum + limit, 0),
      most,
    );
    for (const [index, { skip, limit }] of parts.entries()) {
      const before = parts[index - 1];
      assert.ok(limit > 0 && skip >= (before === undefined ? 0 : before.skip + before.limit));
      assert.ok(skip + limit <= documents);
    }
    if (parts.length > 1) assert.equal((parts.at(-1)?.skip ?? 0) + (parts.at(-1)?.limit ?? 0), documents);
  }
  assert.deepEqual(stretches(5, 10), [{ skip: 0, limit: 5 }]);
});
