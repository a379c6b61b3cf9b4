import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shellJson } from './shell-json.ts';

const TABLE: readonly (readonly [typed: string, json: string])[] = [
  ['{}', '{}'],
  ['{"a":1}', '{"a":1}'],
  ['{a: 1}', '{"a": 1}'],
  ['{age: {$gt: 30}, ok: true, x: null}', '{"age": {"$gt": 30}, "ok": true, "x": null}'],
  ["{name: 'Bo'}", '{"name": "Bo"}'],
  ["{name: 'O\\'Hara \"x\"'}", '{"name": "O\'Hara \\"x\\""}'],
  ['{address.city: "Rome"}', '{"address.city": "Rome"}'],
  ['{"a b": "c: d, {e: 1}"}', '{"a b": "c: d, {e: 1}"}'],
  ["{'a b': 1}", '{"a b": 1}'],
  ['{n: -1.5e3}', '{"n": -1.5e3}'],
  ['[{a: 1}, {b: 2}]', '[{"a": 1}, {"b": 2}]'],
];

for (const [typed, json] of TABLE) test(`${typed} is read as ${json}`, () => assert.equal(shellJson(typed), json));

test('what is already JSON stays as it is', () => {
  const text = '{"a":{"$date":"2020-01-01T00:00:00Z"},"it\'s":"say \\"x: 1\\" and \'y\'"}';
  assert.equal(shellJson(text), text);
});
