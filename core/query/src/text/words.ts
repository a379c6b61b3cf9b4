import { UNSPACED } from './unspaced-scripts.ts';

/** A word as it stands in a text, from `start` up to, not including, `end` (code units). */
export type Word = { readonly text: string; readonly start: number; readonly end: number };

/** Longer ones are no words: encoded bytes, mostly. */
export const WORD_MAX = 256;

const INNER = String.raw`[[\p{L}\p{N}\p{M}_]--${UNSPACED}]`;
const FIRST = String.raw`[[\p{L}\p{N}_]--${UNSPACED}]`;

/** A word is letters, digits, marks and underscores; each character of a script without spaces is one. */
const PLAIN = new RegExp(String.raw`${UNSPACED}\p{M}*|${FIRST}${INNER}*`, 'gv');

/** In English an apostrophe between letters belongs to the word: `don't`, `king's`. */
const WITH_APOSTROPHES = new RegExp(String.raw`${UNSPACED}\p{M}*|${FIRST}${INNER}*(?:['’]\p{L}${INNER}*)*`, 'gv');

const ASCII = /^[\0-\x7f]*$/;
const ASCII_PLAIN = /[A-Za-z0-9_]+/g;
const ASCII_WITH_APOSTROPHES = /[A-Za-z0-9_]+(?:'[A-Za-z][A-Za-z0-9_]*)*/g;

/** The texts of the words of a text, in order. */
export function wordsOf(text: string, apostrophes: boolean): readonly string[] {
  const words = text.match(patternFor(text, apostrophes)) ?? [];
  return words.some((word) => word.length > WORD_MAX) ? words.filter((word) => word.length <= WORD_MAX) : words;
}

/** As `wordsOf`, with the places of the words. */
export function placedWords(text: string, apostrophes: boolean): Word[] {
  return [...text.matchAll(patternFor(text, apostrophes))]
    .map(({ 0: word, index }) => ({ text: word, start: index, end: index + word.length }))
    .filter((word) => word.text.length <= WORD_MAX);
}

/** Most texts are ASCII, where a simple pattern finds the same words in a third of the time. */
function patternFor(text: string, apostrophes: boolean): RegExp {
  if (ASCII.test(text)) return apostrophes ? ASCII_WITH_APOSTROPHES : ASCII_PLAIN;
  return apostrophes ? WITH_APOSTROPHES : PLAIN;
}

const UNSPACED_WORD = new RegExp(`^${UNSPACED}`, 'v');

/** Whether the word is a character of a script without spaces. */
export function isUnspaced(word: string): boolean {
  return UNSPACED_WORD.test(word);
}
