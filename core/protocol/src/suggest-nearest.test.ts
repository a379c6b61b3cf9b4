import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggestNearest } from './suggest-nearest.ts';

const OPERATORS = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$in', '$nin', '$exists', '$elemMatch', '$regex'];

test('finds the word that was meant', () => {
  for (const [word, meant] of [
    ['$exist', '$exists'],
    ['$exsits', '$exists'],
    ['$elemmatch', '$elemMatch'],
    ['$elmMatch', '$elemMatch'],
    ['$GT', '$gt'],
    ['$gtee', '$gte'],
    ['$regx', '$regex'],
  ] as const) {
    assert.equal(suggestNearest(word, OPERATORS), meant, word);
  }
});

test('finds the collection of the example in AerolithError', () => {
  assert.equal(suggestNearest('citys', ['people', 'cities']), 'cities');
});

test('says nothing when no word is near', () => {
  for (const word of ['$where', '$geoWithin', 'x', '', '$text']) assert.equal(suggestNearest(word, OPERATORS), undefined, word);
  assert.equal(suggestNearest('a', []), undefined);
});
