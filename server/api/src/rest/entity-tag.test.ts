import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entityTag, noneMatches, parseIfMatch } from './entity-tag.ts';

test('If-Match is one version, or any, or nothing', () => {
  assert.equal(parseIfMatch(undefined), undefined);
  assert.equal(parseIfMatch(' * '), 'any');
  assert.equal(parseIfMatch(entityTag(16_384)), 16_384);
});

test('an If-Match that cannot be honoured is refused', () => {
  for (const header of ['', '5', 'W/"5"', '"5", "6"', '"x"', '"99999999999999999"', '"-1"']) {
    assert.throws(() => parseIfMatch(header), { code: 'invalid_request' }, header);
  }
});

test('If-None-Match compares weakly, in a list', () => {
  assert.equal(noneMatches(undefined, '"5"'), false);
  assert.equal(noneMatches('"4", W/"5"', '"5"'), true);
  assert.equal(noneMatches('*', '"5"'), true);
  assert.equal(noneMatches('"55"', '"5"'), false);
});
