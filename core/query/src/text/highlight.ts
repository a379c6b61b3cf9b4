import type { Analyzer, Token } from './analyzer.ts';
import type { TermQuery } from './term-query.ts';
import { placedWords, type Word } from './words.ts';

/** A piece of a text: a hit is a word that the search looks for. */
export type Piece = { readonly value: string; readonly isHit: boolean };

/** A part of a text around hits. `hits`: different words of the search in it. */
export type Passage = { readonly pieces: readonly Piece[]; readonly hits: number };

export type HighlightLimits = {
  /** Characters at the beginning of a text that are looked at. */
  readonly charactersMax: number;
  /** Passages of one text. */
  readonly passagesMax: number;
};

/** About so many characters are shown of a passage. */
const PASSAGE_LENGTH = 160;

/** The passages of a text that say most of a search: those with the most different words first. */
export function highlight(text: string, query: TermQuery, analyzer: Analyzer, limits: HighlightLimits): Passage[] {
  const examined = text.slice(0, limits.charactersMax);
  const wanted = wantedOf(query);
  const hits: Hit[] = [];
  for (const word of placedWords(examined, analyzer.apostrophes)) {
    const term = wanted(analyzer.token(word.text));
    if (term !== undefined) hits.push({ ...word, term });
  }
  return passagesOf(hits)
    .map((group) => passage(examined, group))
    .sort((a, b) => b.hits - a.hits)
    .slice(0, limits.passagesMax);
}

type Hit = Word & { readonly term: string };

/** Hits that fit into one passage, in order. */
function passagesOf(hits: readonly Hit[]): Hit[][] {
  const groups: Hit[][] = [];
  for (const hit of hits) {
    const group = groups.at(-1);
    if (group !== undefined && hit.end - group[0]!.start <= PASSAGE_LENGTH) group.push(hit);
    else groups.push([hit]);
  }
  return groups;
}

function passage(text: string, hits: readonly Hit[]): Passage {
  const [first, last] = [hits[0]!, hits.at(-1)!];
  const around = Math.max(0, (PASSAGE_LENGTH - (last.end - first.start)) >> 1);
  const start = wordStart(text, first.start - around);
  const end = wordEnd(text, last.end + around);
  const pieces: Piece[] = [];
  let at = start;
  for (const hit of hits) {
    if (hit.start > at) pieces.push({ value: text.slice(at, hit.start), isHit: false });
    pieces.push({ value: text.slice(hit.start, hit.end), isHit: true });
    at = hit.end;
  }
  if (at < end) pieces.push({ value: text.slice(at, end), isHit: false });
  return { pieces, hits: new Set(hits.map(({ term }) => term)).size };
}

/** The next place from `at` on where a word may begin. */
function wordStart(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.indexOf(' ', at - 1);
  return space === -1 || space > at + 20 ? at : space + 1;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(' ', at);
  return space === -1 || space < at - 20 ? at : space;
}

/** Which word of the search a token answers; undefined: none. */
function wantedOf(query: TermQuery): (token: Token) => string | undefined {
  const terms = new Set<string>();
  const prefixes: string[] = [];
  const collect = (part: TermQuery): void => {
    if (part.kind === 'term') terms.add(part.term);
    else if (part.kind === 'prefix') prefixes.push(part.prefix);
    else if (part.kind === 'phrase') for (const term of part.terms) terms.add(term);
    else if (part.kind === 'any' || part.kind === 'all') part.of.forEach(collect);
    else if (part.kind === 'levels') part.levels.flat().forEach(collect);
    else if (part.kind === 'compound') [...part.must, ...part.should].forEach(collect);
  };
  collect(query);
  return ({ stem, form }) => {
    if (terms.has(stem)) return stem;
    return prefixes.find((prefix) => form.startsWith(prefix) || stem.startsWith(prefix));
  };
}
