import { foldDiacritics } from './fold.ts';
import type { LanguageName } from './language-names.ts';
import { LANGUAGES } from './languages.ts';
import { wordsOf } from './words.ts';

/** What a word is to an index: `stem` is what words of one root have in common, `form` the word itself without its case and marks. */
export type Token = { readonly stem: string; readonly form: string };

/** Words whose tokens are kept; then all are forgotten. A stem takes about 2 µs, a kept one 0.05. */
const KEPT_MAX = 50_000;

/**
 * Makes tokens of words in one language. The stem is taken with the diacritics, which belong to the language, and folded after that.
 * The same word always gives the same token.
 */
export class Analyzer {
  readonly language: LanguageName;
  readonly stopWords: ReadonlySet<string>;
  readonly apostrophes: boolean;
  readonly #stem: (word: string) => string;
  readonly #caseSensitive: boolean;
  readonly #diacriticSensitive: boolean;
  readonly #kept = new Map<string, Token>();

  constructor(name: LanguageName, { caseSensitive = false, diacriticSensitive = false } = {}) {
    const { stem, stopWords } = LANGUAGES[name];
    this.language = name;
    this.stopWords = stopWords;
    this.apostrophes = name === 'english';
    this.#stem = stem;
    this.#caseSensitive = caseSensitive;
    this.#diacriticSensitive = diacriticSensitive;
  }

  /** The tokens of a text, in order, one a word. */
  tokens(text: string): Token[] {
    return wordsOf(text, this.apostrophes).map((word) => this.token(word));
  }

  token(word: string): Token {
    const kept = this.#kept.get(word);
    if (kept !== undefined) return kept;
    const token = this.#make(word);
    if (this.#kept.size >= KEPT_MAX) this.#kept.clear();
    this.#kept.set(word, token);
    return token;
  }

  /** Whether the word says nothing in this language, as `the` does in English. */
  isStopWord(word: string): boolean {
    return this.stopWords.has(plain(word).toLowerCase());
  }

  #make(word: string): Token {
    const written = plain(word);
    const form = written.toLowerCase();
    const stem = this.#stem(form) || form;
    if (!this.#caseSensitive) return { stem: this.#folded(stem), form: this.#folded(form) };
    return { stem: this.#folded(inCaseOf(written, form, stem)), form: this.#folded(written) };
  }

  #folded(text: string): string {
    return this.#diacriticSensitive ? text : foldDiacritics(text);
  }
}

/** The stem of a word in lower case, as far as it is the word itself with the letters that were written. */
function inCaseOf(written: string, form: string, stem: string): string {
  let same = 0;
  while (same < stem.length && stem[same] === form[same]) same += 1;
  return written.slice(0, same) + stem.slice(same);
}

/** In one form of Unicode, with one apostrophe. */
function plain(word: string): string {
  return word.normalize('NFC').replaceAll('’', "'");
}

const ANALYZERS = new Map<LanguageName, Analyzer>();

/** The analyzer of a language that tells neither case nor diacritics apart. */
export function analyzerFor(name: LanguageName): Analyzer {
  const known = ANALYZERS.get(name);
  if (known !== undefined) return known;
  const analyzer = new Analyzer(name);
  ANALYZERS.set(name, analyzer);
  return analyzer;
}
