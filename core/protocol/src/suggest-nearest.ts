/** Edits that a word may be away from what was meant: one up to four letters, two up to eight (`citys` for `cities`), then three. */
function editsAllowed(word: string): number {
  if (word.length < 5) return 1;
  return word.length < 9 ? 2 : 3;
}

/**
 * The candidate that was most likely meant by a mistyped word, for "did you mean …"; undefined when none is near.
 *
 * @example
 * suggestNearest('$exist', ['$exists', '$eq']); // '$exists'
 * suggestNearest('citys', ['cities', 'people']); // 'cities'
 * suggestNearest('$where', ['$exists', '$eq']); // undefined
 */
export function suggestNearest(word: string, candidates: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let fewest = editsAllowed(word) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= fewest) continue;
    const edits = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, beforeLast[j - 2]! + 1);
      row.push(edits);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
