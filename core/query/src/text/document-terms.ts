import type { Document } from '@aerolithdb/protocol';
import { type Analyzer, analyzerFor } from './analyzer.ts';
import type { DocumentTokens } from './matches-terms.ts';
import { languageOf, type TextIndexShape, textsOf } from './text-fields.ts';

/** Before the form of a word that is not its own stem: such terms serve prefixes and fuzzy words, never stems. */
export const FORM = '=';

/** What a text index keeps of a document. */
export type DocumentTerms = {
  /** For each field its terms, parted by spaces; empty when it has none. */
  readonly columns: readonly string[];
  /** The words: the form of each with its stem. */
  readonly words: ReadonlyMap<string, string>;
};

/** The terms of a document for an index; undefined when it has none. */
export function documentTerms(shape: TextIndexShape, document: Document): DocumentTerms | undefined {
  const texts = textsOf(shape, document);
  if (texts.every(({ length }) => length === 0)) return undefined;
  const analyzer = analyzerFor(languageOf(shape, document));
  const words = new Map<string, string>();
  const columns = texts.map((each) => columnTerms(each, analyzer, words));
  return columns.some((terms) => terms !== '') ? { columns, words } : undefined;
}

/**
 * The terms of one field: the stems of all words in their order, so that phrases can be found, then once each form that is not its own
 * stem. A term between two texts keeps phrases from going on from one into the other.
 */
function columnTerms(texts: readonly string[], analyzer: Analyzer, words: Map<string, string>): string {
  const terms: string[] = [];
  const forms = new Set<string>();
  for (const text of texts) {
    const tokens = analyzer.tokens(text);
    if (terms.length > 0 && tokens.length > 0) terms.push(FORM);
    for (const { stem, form } of tokens) {
      terms.push(stem);
      words.set(form, stem);
      if (form !== stem) forms.add(FORM + form);
    }
  }
  return forms.size === 0 ? terms.join(' ') : `${terms.join(' ')} ${[...forms].join(' ')}`;
}

/** The term that says that a word of this form is there. */
export function formTerm(form: string, stem: string): string {
  return form === stem ? stem : FORM + form;
}

/** The tokens of a document, to check a search that tells case or diacritics apart. `analyzerOf` gives that of a language. */
export function documentTokens(
  shape: TextIndexShape,
  document: Document,
  analyzerOf: (language: ReturnType<typeof languageOf>) => Analyzer,
): DocumentTokens {
  const analyzer = analyzerOf(languageOf(shape, document));
  return textsOf(shape, document).map((texts) => texts.map((text) => analyzer.tokens(text)));
}
