import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { fieldsSchema } from './field.ts';
import { parseFields } from './parse-fields.ts';

const FIELDS = {
  name: { kind: 'string', required: true, values: ['one', 'two'], summary: 'A name.' },
  limit: { kind: 'integer', min: 1, max: 10, summary: 'A number.' },
  filter: { kind: 'document', summary: 'A filter.' },
  list: { kind: 'documents', summary: 'Filters.' },
  many: { kind: 'boolean', summary: 'A choice.' },
  proof: { kind: 'boolean', summary: 'Later.', unfinished: 'A proof' },
} as const;

const parse = (text: string) => parseFields(parseDocument(text), FIELDS);

test('what fits comes back under its name', () => {
  const parsed = parse('{"name":"one","limit":{"$numberLong":"5"},"filter":{"b":1,"a":2},"list":[{}],"many":true,"proof":false}');
  assert.equal(parsed.name, 'one');
  assert.equal(parsed.limit, 5);
  assert.deepEqual([...parsed.filter!.keys()], ['b', 'a']);
  assert.equal(parsed.list?.length, 1);
  assert.equal(parsed.many, true);
  assert.equal(parse('{"name":"two"}').limit, undefined);
});

test('what does not fit is refused by name', () => {
  const refused = (text: string, details: Record<string, unknown>) =>
    assert.throws(() => parse(text), { code: 'invalid_request', details }, text);
  refused('{}', { field: 'name' });
  refused('{"name":"onee"}', { field: 'name', nearest: 'one' });
  refused('{"name":"one","limt":1}', { field: 'limt', nearest: 'limit' });
  refused('{"name":"one","limit":0}', { field: 'limit' });
  refused('{"name":"one","limit":11}', { field: 'limit' });
  refused('{"name":"one","limit":1.5}', { field: 'limit' });
  refused('{"name":"one","filter":[]}', { field: 'filter' });
  refused('{"name":"one","list":[1]}', { field: 'list[0]' });
  refused('{"name":"one","many":1}', { field: 'many' });
  refused('{"name":"one","hasOwnProperty":1}', { field: 'hasOwnProperty' });
  assert.throws(() => parse('{"name":"one","proof":true}'), { code: 'not_implemented' });
});

test('the schema says the same', () => {
  const schema = fieldsSchema(FIELDS);
  assert.deepEqual(schema.required, ['name']);
  assert.equal(schema.additionalProperties, false);
  assert.deepEqual(Object.keys(schema.properties as object), Object.keys(FIELDS));
});
