/** Stands before and after a word, so that its first and last letters have grams of their own. */
const EDGE = '·';

/** Each run of three letters of a word, its edges counted as letters: `oslo` → `··o ·os osl slo lo· o··`, each once. */
export function gramsOf(word: string): string[] {
  const letters = [EDGE, EDGE, ...word, EDGE, EDGE];
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= letters.length; i += 1) grams.add(letters.slice(i, i + 3).join(''));
  return [...grams];
}

/** Edits that a word of so many letters is given: none for the shortest, since almost any word is near to them. */
export function editsFor(word: string, maxEdits: number): number {
  const { length } = [...word];
  if (length < 3) return 0;
  return length < 7 ? Math.min(1, maxEdits) : maxEdits;
}

/**
 * Grams of `word` that each word within `edits` of it shares at the least. One edit touches at most four grams (a swap does), so
 * with `editsFor` it is never less than one.
 */
export function sharedGrams(word: string, edits: number): number {
  return Math.max(1, gramsOf(word).length - 4 * edits);
}
