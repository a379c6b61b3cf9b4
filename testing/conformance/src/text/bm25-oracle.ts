/** The constants of FTS5's BM25. */
const K1 = 1.2;
const B = 0.75;

export type OracleDocument = { readonly id: number; readonly columns: readonly string[] };

/** What a query asks for, in words that are ready. `words` are alternatives unless there is a phrase, which is then needed. */
export type OracleQuery = {
  readonly words: readonly string[];
  readonly phrase: readonly string[];
  readonly without: readonly string[];
  readonly prefix: string | undefined;
};

type Counted = { readonly id: number; readonly columns: readonly (readonly string[])[]; readonly length: number };

/**
 * Finds and ranks by reading every document: BM25 by its formula (Robertson and Zaragoza, 2009, section 3) with the weights of columns
 * as FTS5 has them. It shares no code with the database.
 */
export class Bm25Oracle {
  readonly #documents: readonly Counted[];
  readonly #weights: readonly number[];
  readonly #average: number;

  constructor(documents: readonly OracleDocument[], weights: readonly number[], stem: (word: string) => string) {
    const counted = documents.map(({ id, columns }) => counting(id, columns, stem));
    this.#documents = counted.filter(({ length }) => length > 0);
    this.#weights = weights;
    this.#average = this.#documents.reduce((sum, { length }) => sum + length, 0) / this.#documents.length;
  }

  /** The score of each document that the query finds. */
  find(query: OracleQuery): Map<number, number> {
    const parts = partsOf(query);
    const rarities = parts.map((part) => this.#rarity(part));
    const scores = new Map<number, number>();
    for (const document of this.#documents) {
      if (!isFound(document, query)) continue;
      scores.set(
        document.id,
        parts.reduce((sum, part, i) => sum + rarities[i]! * this.#density(document, part), 0),
      );
    }
    return scores;
  }

  #rarity(part: Part): number {
    const having = this.#documents.filter((document) => document.columns.some((terms) => occurrences(terms, part) > 0)).length;
    const all = this.#documents.length;
    return Math.max(1e-6, Math.log((all - having + 0.5) / (having + 0.5)));
  }

  #density(document: Counted, part: Part): number {
    const frequency = document.columns.reduce((sum, terms, i) => sum + this.#weights[i]! * occurrences(terms, part), 0);
    return (frequency * (K1 + 1)) / (frequency + K1 * (1 - B + (B * document.length) / this.#average));
  }
}

/** A word of several terms is a phrase; `begins` ones match by their beginning. */
type Part = { readonly terms: readonly string[]; readonly begins: boolean };

function partsOf({ words, phrase, prefix }: OracleQuery): Part[] {
  const parts = [...new Set(words)].length === words.length ? words.map((word) => ({ terms: [word], begins: false })) : [];
  if (phrase.length > 0) parts.push({ terms: [...phrase], begins: false });
  if (prefix !== undefined) parts.push({ terms: [prefix], begins: true }, { terms: [`=${prefix}`], begins: true });
  return parts;
}

function isFound({ columns }: Counted, { words, phrase, without, prefix }: OracleQuery): boolean {
  const has = (part: Part) => columns.some((terms) => occurrences(terms, part) > 0);
  if (without.some((word) => has({ terms: [word], begins: false }))) return false;
  if (phrase.length > 0) return has({ terms: phrase, begins: false });
  if (words.some((word) => has({ terms: [word], begins: false }))) return true;
  return prefix !== undefined && (has({ terms: [prefix], begins: true }) || has({ terms: [`=${prefix}`], begins: true }));
}

function occurrences(terms: readonly string[], { terms: wanted, begins }: Part): number {
  let count = 0;
  for (let at = 0; at + wanted.length <= terms.length; at++)
    if (wanted.every((term, i) => (begins ? terms[at + i]!.startsWith(term) : terms[at + i] === term))) count++;
  return count;
}

/** Words by what is between them; each different one that is not its own stem counts once more, by itself. */
function counting(id: number, columns: readonly string[], stem: (word: string) => string): Counted {
  const terms = columns.map((text) => {
    const words = plainWords(text);
    const stems = words.map(stem);
    const forms = new Set(words.filter((word, i) => word !== stems[i]).map((word) => `=${word}`));
    return [...stems, ...forms];
  });
  return { id, columns: terms, length: terms.reduce((sum, { length }) => sum + length, 0) };
}

const SPECIAL = new Map(
  Object.entries({ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŧ: 't' }),
);

/** Lower-case words without the marks of Latin letters, parted at everything that is neither letter, digit, mark nor `_`. */
export function plainWords(text: string): string[] {
  const letters = [...text.toLowerCase()].map((letter) => {
    const bare = letter.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
    return SPECIAL.get(bare) ?? bare;
  });
  return letters
    .join('')
    .split(/[^\p{L}\p{N}\p{M}_]+/u)
    .filter((word) => word !== '');
}
