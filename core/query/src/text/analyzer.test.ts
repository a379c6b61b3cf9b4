import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableRows } from '../text-table.ts';
import { Analyzer, analyzerFor } from './analyzer.ts';
import { foldDiacritics } from './fold.ts';
import type { LanguageName } from './language-names.ts';
import { placedWords, wordsOf } from './words.ts';

test('words become stems without case and diacritics', () => {
  const table = `
    english | Running horses, don't stop     | run hors don't stop
    english | the king's KING’S              | the king king
    english | well-known e-mail_address x86  | well known e mail_address x86
    english | naïve Ångström café            | naiv angstrom cafe
    german  | Häuser Straße Äpfel            | haus strass apfel
    french  | l'eau répété                   | l eau repet
    none    | Running horses                 | running horses
    russian | новый ёлки                     | нов елк
    none    | 東京タワー and ไทย             | 東 京 タ ワ ー and ไ ท ย
    turkish | İstanbul                       | istanbul
  `;
  for (const [language, text, stems] of tableRows(table)) {
    assert.deepEqual(
      analyzerFor(language as LanguageName)
        .tokens(text!)
        .map(({ stem }) => stem)
        .join(' '),
      stems,
    );
  }
});

test('a text with marks of its own is the same as one without', () => {
  const { tokens } = { tokens: (text: string) => analyzerFor('none').tokens(text) };
  assert.deepEqual(tokens('Zu\u0308rich'), tokens('Zürich'));
  assert.equal(foldDiacritics('Łódź Ørsted Æther Þór'), 'Lodz Orsted AEther Thor');
  assert.equal(foldDiacritics('हिन्दी й'), 'हिन्दी й', 'marks of other scripts are letters');
});

test('case and diacritics can be told apart', () => {
  const exact = new Analyzer('english', { caseSensitive: true, diacriticSensitive: true });
  assert.deepEqual(
    exact.tokens('Café cafe').map(({ stem }) => stem),
    ['Café', 'cafe'],
  );
});

test('ASCII is parted as any other text is', () => {
  const text = `It's "a-b" under_score 3.5 o'clock 'quoted' x'1`;
  for (const apostrophes of [true, false]) {
    const all = wordsOf(`${text} é`, apostrophes);
    assert.deepEqual(wordsOf(text, apostrophes), all.slice(0, -1));
  }
});

test('words know where they stand', () => {
  const text = 'Die Straße – schön';
  assert.deepEqual(
    placedWords(text, false).map(({ start, end }) => text.slice(start, end)),
    ['Die', 'Straße', 'schön'],
  );
  assert.deepEqual(wordsOf(`${'x'.repeat(257)} y`, false), ['y'], 'what is longer than a word can be is none');
});

test('stop words are those of the language', () => {
  assert.ok(analyzerFor('english').isStopWord('The'));
  assert.ok(!analyzerFor('german').isStopWord('the'));
  assert.ok(analyzerFor('german').isStopWord('und'));
});
