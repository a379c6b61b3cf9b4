import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { assertErrors } from '../error-rows.ts';
import { parseFilter } from '../parse-filter.ts';
import { parsePipelineText } from '../pipeline/parse-pipeline.ts';
import { parseText } from './parse-text.ts';
import { searchParts } from './search-words.ts';

test('a search is words, begun words, phrases and what must not be there', () => {
  const shown = (text: string) =>
    searchParts(text).map(({ kind, text: words, negated }) => `${negated ? '-' : ''}${kind}:${words}`);
  assert.deepEqual(shown('coffee shop'), ['word:coffee', 'word:shop']);
  assert.deepEqual(shown('"coffee shop" cake -tea -"green tea"'), [
    'phrase:coffee shop',
    'word:cake',
    '-word:tea',
    '-phrase:green tea',
  ]);
  assert.deepEqual(shown('norw* * well-known "not closed'), ['prefix:norw', 'word:*', 'word:well-known', 'phrase:not closed']);
});

test('$text reads its language and its options', () => {
  const { language, caseSensitive } = parseText(parseDocument('{"$search":"a","$language":"DE","$caseSensitive":true}'));
  assert.deepEqual([language, caseSensitive], ['german', true]);
});

test('what $text cannot be is refused with a sentence', () => {
  assertErrors(
    `
    {"$text":"coffee"}                                     | invalid_filter | takes an object
    {"$text":{}}                                           | invalid_filter | needs "$search"
    {"$text":{"$search":1}}                                | invalid_filter | needs "$search"
    {"$text":{"$search":"a","$languag":"en"}}              | invalid_filter | did you mean $language
    {"$text":{"$search":"a","$language":"klingon"}}        | invalid_filter | known are arabic
    {"$text":{"$search":"a","$caseSensitive":1}}           | invalid_filter | true or false
    {"$text":{"$search":"a","$fuzzy":{"maxEdits":3}}}      | invalid_filter | from 1 to 2
    {"$text":{"$search":"a","$fuzzy":true,"$caseSensitive":true}} | invalid_filter | no place beside
    {"$nor":[{"$text":{"$search":"a"}}]}                   | invalid_filter | no place in $nor
    {"$or":[{"$nor":[{"$text":{"$search":"a"}}]},{"a":1}]} | invalid_filter | no place in $nor
    {"$text":{"$search":"a"},"$and":[{"$text":{"$search":"b"}}]} | invalid_filter | one $text at most
    {"$text":{"$search":"a"},"p":{"$near":[1,1]}}          | invalid_filter | both give documents an order
    {"a":{"$elemMatch":{"$text":{"$search":"a"}}}}         | invalid_filter | no place in $elemMatch
    {"a":{"$text":{"$search":"a"}}}                        | unknown_operator | beside the fields
    {"$tex":{"$search":"a"}}                               | unknown_operator | did you mean $text
  `,
    (text) => parseFilter(parseDocument(text), { ordering: true }),
  );
});

test('what $search cannot be is refused with a sentence', () => {
  assertErrors(
    `
    [{"$search":{}}]                                            | invalid_pipeline | one operator
    [{"$search":{"text":{"query":"a"}}}]                        | invalid_pipeline | needs the field "path"
    [{"$search":{"text":{"query":[],"path":"a"}}}]              | invalid_pipeline | a text, or a list
    [{"$search":{"text":{"query":"a","path":1}}}]               | invalid_pipeline | wildcard
    [{"$search":{"text":{"query":"a","path":"a","fuzzy":{"edits":1}}}}] | invalid_pipeline | has no "edits"
    [{"$search":{"text":{"query":"a","path":"a"},"phrase":{"query":"a","path":"a"}}}] | invalid_pipeline | one operator
    [{"$search":{"txt":{"query":"a","path":"a"}}}]              | invalid_pipeline | Did you mean "text"
    [{"$search":{"range":{"path":"a","gt":1}}}]                 | not_implemented  | range
    [{"$search":{"phrase":{"query":"a","path":"a","slop":2}}}]  | not_implemented  | slop
    [{"$search":{"compound":{"mustNot":[{"text":{"query":"a","path":"a"}}]}}}] | invalid_pipeline | finds nothing
    [{"$match":{}},{"$search":{"text":{"query":"a","path":"a"}}}] | invalid_pipeline | first stage
    [{"$limit":1},{"$match":{"$text":{"$search":"a"}}}]         | invalid_pipeline | first stage
  `,
    (text) => parsePipelineText(text),
  );
});
