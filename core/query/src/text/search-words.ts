/** A part of a search as it is written: `word`, `begin*`, `"some words"`, each perhaps with a `-` before it. */
export type SearchPart = { readonly kind: 'word' | 'prefix' | 'phrase'; readonly text: string; readonly negated: boolean };

/** A quotation that is not closed goes to the end. A `-` negates at the beginning of a word alone: `well-known` is two words. */
const PART = /(-?)"([^"]*)(?:"|$)|(-?)([^\s"]+)/g;

/** Takes the text of a `$search` apart. */
export function searchParts(text: string): SearchPart[] {
  return [...text.matchAll(PART)].map(([, phraseSign, phrase, wordSign, word = '']) => {
    if (phrase !== undefined) return { kind: 'phrase', text: phrase, negated: phraseSign === '-' };
    const isPrefix = word.length > 1 && word.endsWith('*');
    return { kind: isPrefix ? 'prefix' : 'word', text: isPrefix ? word.slice(0, -1) : word, negated: wordSign === '-' };
  });
}
