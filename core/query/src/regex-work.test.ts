import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { parseFilter } from './parse-filter.ts';
import { assertRegexOfWrite, regexInstructionsIn } from './regex-work.ts';

const filter = (text: string) => parseFilter(parseDocument(text));

test('a comparison of texts costs nothing, other patterns count wherever they stand', () => {
  assert.equal(regexInstructionsIn(filter('{"a":{"$regex":"^abc"},"b":{"$regex":"x y"},"c":5}')), 0);
  const one = regexInstructionsIn(filter('{"a":{"$regex":"(a|b)+c"}}'));
  assert.ok(one > 5);
  const nested = '{"$or":[{"a":{"$not":{"$regex":"(a|b)+c"}}},{"a":{"$elemMatch":{"b":{"$regex":"(a|b)+c"}}}}]}';
  assert.equal(regexInstructionsIn(filter(nested)), 2 * one);
});

test('a write refuses patterns that a large text would make long, a query takes them', () => {
  assert.throws(() => assertRegexOfWrite(filter('{"a":{"$regex":"[ab]{600}c"}}')), {
    code: 'invalid_regex',
    message: /compile to 500 instructions at most; these have \d+/,
  });
  assertRegexOfWrite(filter('{"a":{"$regex":"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"}}'));
});
