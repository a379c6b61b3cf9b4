import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '@aerolithdb/protocol';
import { tableRows } from '../text-table.ts';
import { analyseSearch } from './analyse-search.ts';
import { analyzerFor } from './analyzer.ts';
import { documentTerms, documentTokens } from './document-terms.ts';
import { editDistance } from './edit-distance.ts';
import { editsFor, gramsOf, sharedGrams } from './grams.ts';
import { highlight } from './highlight.ts';
import { matchesTerms } from './matches-terms.ts';
import { parseText } from './parse-text.ts';
import { textIndexShape } from './text-fields.ts';

const shape = textIndexShape(['title', 'tags.name'], 'english', 'language');
const target = { analyzer: analyzerFor('english'), fields: shape.fields };

function search(text: string) {
  return analyseSearch(parseText(new Map([['$search', text]])).query, target);
}

const DOCUMENT = parseDocument(
  '{"title":["The king of kings","Running horses"],"tags":[{"name":"fast"},{"name":["old","Norwegian fjord"]}],"other":"tea"}',
);

test('a document is found by what its words have in common with the search', () => {
  const table = `
    runs                  | true
    king -fast            | false
    "king of kings"       | true
    "kings of king"       | true
    "king kings"          | false
    "kings running"       | false
    "running horse" zebra | true
    "running zebra" king  | false
    the of                | false
    tea                   | false
    norw*                 | true
    horses*               | true
    norwx*                | false
    -fast                 | false
    old                   | true
  `;
  const tokens = documentTokens(shape, DOCUMENT, analyzerFor);
  for (const [text, found] of tableRows(table)) assert.equal(matchesTerms(search(text!), tokens), found === 'true', text);
});

test('an index keeps stems in order, texts apart, and words that are not their own stems', () => {
  assert.deepEqual(documentTerms(shape, DOCUMENT)?.columns, [
    'the king of king = run hors =kings =running =horses',
    'fast = old = norwegian fjord',
  ]);
  assert.equal(documentTerms(shape, parseDocument('{"title":5,"tags":"..."}')), undefined);
});

test('a document says its language, and one that is not known has that of the index', () => {
  const terms = (language: string) =>
    documentTerms(shape, parseDocument(`{"title":"Häuser","language":"${language}"}`))?.columns[0];
  assert.equal(terms('de'), 'haus =hauser');
  assert.equal(terms('klingon'), 'hauser');
});

test('$** stands for every string that has no field of its own', () => {
  const all = textIndexShape(['title', '$**'], 'none', 'language');
  const terms = documentTerms(all, parseDocument('{"_id":"i","title":"t","a":{"b":["x",{"c":"y"}]},"n":1}'));
  assert.deepEqual(terms?.columns, ['t', 'i = x = y']);
});

test('a search names the fields of the index, or is refused', () => {
  const query = { kind: 'words', text: 'a', paths: ['titel'] } as const;
  assert.throws(() => analyseSearch(query, target), { code: 'invalid_filter', message: /did you mean "title"/ });
  const many = { kind: 'words', text: 'word '.repeat(1001) } as const;
  assert.throws(() => analyseSearch(many, target), { code: 'invalid_filter', message: /limit is 1000/ });
});

test('edits are letters put in, left out, replaced and swapped', () => {
  const table = `
    oslo  | oslo   | 0
    oslo  | olso   | 1
    oslo  | osl    | 1
    oslo  | ooslo  | 1
    oslo  | bergen | 3
    kitten | sitting | 3
    ca    | abc    | 3
  `;
  for (const [a, b, edits] of tableRows(table)) assert.equal(editDistance(a!, b!, 2), Number(edits), `${a} ${b}`);
});

test('a word within reach shares the grams that the search for it asks for', () => {
  const letters = 'abc';
  const words = ['abcabca', 'aaaaaaa', 'bac', 'cabba', 'abcabcabc'];
  for (const word of words) {
    const edits = editsFor(word, 2);
    const grams = new Set(gramsOf(word));
    for (const near of neighbours([word], letters, edits)) {
      const shared = gramsOf(near).filter((gram) => grams.has(gram)).length;
      assert.ok(shared >= sharedGrams(word, edits), `${word} ${near}`);
    }
  }
});

/** All words that `edits` single edits make of the given ones. */
function neighbours(words: readonly string[], letters: string, edits: number): readonly string[] {
  if (edits === 0) return words;
  const made = new Set<string>();
  for (const word of words) {
    for (let i = 0; i <= word.length; i++) {
      const [head, tail] = [word.slice(0, i), word.slice(i)];
      if (tail !== '') made.add(head + tail.slice(1));
      if (tail.length > 1) made.add(head + tail[1] + tail[0] + tail.slice(2));
      for (const letter of letters) made.add(head + letter + tail).add(head + letter + tail.slice(1));
    }
  }
  return neighbours([...made], letters, edits - 1);
}

test('a highlight shows the passage with most of the words', () => {
  const text = `${'Nothing to see here, move on. '.repeat(8)}A king came. ${'Nothing more. '.repeat(20)}The king rode running horses home.`;
  const [best, other] = highlight(text, search('king horse'), analyzerFor('english'), { charactersMax: 5000, passagesMax: 5 });
  assert.deepEqual(
    best?.pieces.filter(({ isHit }) => isHit).map(({ value }) => value),
    ['king', 'horses'],
  );
  assert.equal(best?.hits, 2);
  assert.equal(other?.hits, 1);
  assert.ok(text.includes(best!.pieces.map(({ value }) => value).join('')), 'the pieces are the text');
});
