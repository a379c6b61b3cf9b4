import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AerolithError, parseDocument } from '@aerolithdb/protocol';
import { compileSchema } from './compile-schema.ts';

/** What a check says of a document: `ok`, or path and keyword of each error. */
function verdict(schema: object, document: string): string {
  const check = compileSchema(JSON.stringify(schema));
  try {
    check(parseDocument(document));
  } catch (error) {
    assert.ok(error instanceof AerolithError && error.code === 'schema_violation');
    const errors = error.details.errors as readonly { path: string; keyword: string }[];
    return errors.map(({ path, keyword }) => `${path} ${keyword}`).join(', ');
  }
  return 'ok';
}

function refusal(schema: string): string {
  try {
    compileSchema(schema);
  } catch (error) {
    assert.ok(error instanceof AerolithError && error.code === 'invalid_schema');
    return error.message;
  }
  return 'accepted';
}

const of = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

const TABLE: readonly (readonly [schema: object, document: string, verdict: string])[] = [
  [of({ a: { type: 'integer' } }), '{"a":1.0}', 'ok'],
  [of({ a: { type: 'integer' } }), '{"a":1.5}', 'a type'],
  [of({ a: { type: 'integer', maximum: 5_000_000_000 } }), '{"a":5000000001}', 'a maximum'],
  [of({ a: { bsonType: 'int' } }), '{"a":1}', 'ok'],
  [of({ a: { bsonType: 'int' } }), '{"a":1.0}', 'a bsonType'],
  [of({ a: { bsonType: 'long' } }), '{"a":{"$numberLong":"1"}}', 'ok'],
  [of({ a: { bsonType: 'number' } }), '{"a":{"$numberDecimal":"1.5"}}', 'ok'],
  [of({ a: { bsonType: ['date', 'null'] } }), '{"a":{"$date":5}}', 'ok'],
  [of({ a: { bsonType: ['date', 'null'] } }), '{"a":"2020"}', 'a bsonType'],
  [
    of({ a: { type: 'array', items: { bsonType: 'objectId' } } }),
    '{"a":[{"$oid":"65f000000000000000000001"},1]}',
    'a.1 bsonType',
  ],
  [of({ a: { properties: { b: { bsonType: 'double' } } } }), '{"a":{"b":1}}', 'a.b bsonType'],
  [{ bsonType: 'object' }, '{}', 'ok'],
  [of({}, { required: ['a', 'b'] }), '{}', 'a required, b required'],
  [of({ a: {} }, { additionalProperties: false }), '{"a":1,"x/y":2}', 'x/y additionalProperties'],
  [of({ constructor: { type: 'string' } }, { required: ['toString'] }), '{"a":1}', 'toString required'],
  [of({ a: { format: 'email' } }), '{"a":"x"}', 'a format'],
  [of({ a: { uniqueItems: true } }), '{"a":[{"x":1,"y":2},{"y":2,"x":1}]}', 'a uniqueItems'],
  [of({ a: { uniqueItems: true } }), '{"a":[1,"1",[1],{"1":1}]}', 'ok'],
  [of({ a: { pattern: '^(a+)+$' } }), `{"a":"${'a'.repeat(50_000)}b"}`, 'a pattern'],
  [{ $defs: { n: { type: 'number' } }, properties: { a: { $ref: '#/$defs/n' } } }, '{"a":"x"}', 'a type'],
];

for (const [schema, document, expected] of TABLE) {
  test(`${JSON.stringify(schema)} on ${document.slice(0, 60)}: ${expected}`, () =>
    assert.equal(verdict(schema, document), expected));
}

test('an array that is long costs time in proportion, also when its items must differ', () => {
  const items = Array.from({ length: 100_000 }, (_, i) => `{"i":${i}}`).join(',');
  assert.equal(verdict(of({ a: { uniqueItems: true } }), `{"a":[${items}]}`), 'ok');
});

test('at most ten errors come back', () => {
  const text = `{"a":[${Array.from({ length: 30 }, () => '"x"').join(',')}]}`;
  assert.equal(verdict(of({ a: { items: { type: 'number' } } }), text).split(', ').length, 10);
});

test('what is not a schema is refused with the reason', () => {
  assert.match(refusal('{'), /not JSON/);
  assert.match(refusal('[]'), /must be an object/);
  assert.match(refusal('5'), /must be an object/);
  assert.match(refusal('{"tpye":"object"}'), /unknown keyword: "tpye"/);
  assert.match(refusal('{"type":"objekt"}'), /type must be JSONType|must be equal to one of/);
  assert.match(refusal('{"properties":{"a":{"bsonType":"integer"}}}'), /bsonType does not know "integer"/);
  assert.match(refusal('{"properties":{"a":{"pattern":"(?<=x)y"}}}'), /linear time/);
  assert.match(refusal('{"$ref":"https://example.com/other.json"}'), /can't resolve reference/);
  assert.match(refusal('{"format":"nosuch"}'), /unknown format/);
});
