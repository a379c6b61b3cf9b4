import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LANGUAGE_NAMES, type LanguageName, languageCode, languageNamed } from './language-names.ts';
import { LANGUAGES } from './languages.ts';

/** Words with the stems that Snowball's C library (libstemmer 2.2.0) gives them. */
function recordedStems(): Map<LanguageName, [word: string, stem: string][]> {
  const all = new Map<LanguageName, [string, string][]>();
  let of: [string, string][] = [];
  for (const line of readFileSync(join(import.meta.dirname, 'testdata', 'stems.txt'), 'utf8')
    .trimEnd()
    .split('\n')) {
    if (line.startsWith('  ')) {
      of.push(line.trim().split(' ') as [string, string]);
    } else {
      of = [];
      all.set(line as LanguageName, of);
    }
  }
  return all;
}

const recorded = recordedStems();

test('every language but none has recorded stems', () => {
  assert.deepEqual([...recorded.keys(), 'none'].sort(), [...LANGUAGE_NAMES].sort());
});

for (const [language, words] of recorded) {
  test(`stems of ${language} are those of Snowball`, () => {
    assert.ok(words.length >= 40);
    for (const [word, stem] of words) assert.equal(LANGUAGES[language].stem(word), stem, word);
  });
}

test('stop words are there for every language', () => {
  for (const name of LANGUAGE_NAMES) assert.equal(LANGUAGES[name].stopWords.size > 20, name !== 'none', name);
});

test('a language is known by its name and its code', () => {
  for (const name of LANGUAGE_NAMES) {
    assert.equal(languageNamed(name), name);
    assert.equal(languageNamed(languageCode(name).toUpperCase()), name);
  }
  assert.equal(languageNamed('klingon'), undefined);
});
