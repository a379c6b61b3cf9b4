import { AerolithError, suggestNearest } from '@aerolithdb/protocol';
import { QUERY_LIMITS } from '../limits.ts';
import type { Analyzer } from './analyzer.ts';
import { type Columns, NOTHING, type TermQuery } from './term-query.ts';
import type { SearchPaths, TextQuery } from './text-search.ts';
import { isUnspaced, placedWords, type Word } from './words.ts';

/** What a search is analysed for: `fields` are those of the index. */
export type SearchTarget = { readonly analyzer: Analyzer; readonly fields: readonly string[] };

/**
 * A search in the terms of an index. Stop words are left out of words, and stay in phrases.
 * Throws `invalid_filter` for a path that the index does not have, and for a search of too many words.
 */
export function analyseSearch(query: TextQuery, target: SearchTarget): TermQuery {
  const terms = termsOf(query, target);
  const count = countTerms(terms);
  if (count <= QUERY_LIMITS.searchTerms) return terms;
  throw new AerolithError('invalid_filter', `The search has ${count} words; the limit is ${QUERY_LIMITS.searchTerms}.`, {
    words: count,
    limit: QUERY_LIMITS.searchTerms,
  });
}

function termsOf(query: TextQuery, target: SearchTarget): TermQuery {
  const all = (parts: readonly TextQuery[]) => parts.map((part) => termsOf(part, target));
  switch (query.kind) {
    case 'words':
      return wordTerms(query, target);
    case 'prefix':
      return prefixTerms(query, target);
    case 'phrase':
      return phraseOf(stemsOf(query.text, target.analyzer), columnsOf(query.paths, target.fields));
    case 'any':
      return { kind: 'any', of: all(query.of) };
    case 'compound': {
      const { must, should, filter, mustNot } = query;
      return { kind: 'compound', must: all(must), should: all(should), filter: all(filter), mustNot: all(mustNot) };
    }
  }
}

function wordTerms(query: Extract<TextQuery, { kind: 'words' }>, { analyzer, fields }: SearchTarget): TermQuery {
  const columns = columnsOf(query.paths, fields);
  const of = runsOf(query.text, analyzer)
    .filter((run) => run.length > 1 || !analyzer.isStopWord(run[0]!))
    .map((run): TermQuery => {
      const tokens = run.map((word) => analyzer.token(word));
      const stems = tokens.map(({ stem }) => stem);
      if (stems.length > 1 || query.fuzzy === undefined) return phraseOf(stems, columns);
      return { kind: 'fuzzy', word: { ...tokens[0]!, fuzzy: query.fuzzy }, columns };
    });
  return query.all === true && of.length > 0 ? { kind: 'all', of } : { kind: 'any', of };
}

function prefixTerms(query: Extract<TextQuery, { kind: 'prefix' }>, { analyzer, fields }: SearchTarget): TermQuery {
  const columns = columnsOf(query.paths, fields);
  const words = placedWords(query.text, analyzer.apostrophes).map((word) => analyzer.token(word.text));
  const of = words.map(({ stem, form }, i): TermQuery => {
    if (query.all === true || i === words.length - 1) return { kind: 'prefix', prefix: form, columns };
    return { kind: 'term', term: stem, columns };
  });
  return query.all === true && of.length > 0 ? { kind: 'all', of } : { kind: 'any', of };
}

/** Words, each by itself; characters of scripts without spaces that stand side by side are one run. */
function runsOf(text: string, analyzer: Analyzer): string[][] {
  const runs: string[][] = [];
  let before: Word | undefined;
  for (const word of placedWords(text, analyzer.apostrophes)) {
    const goesOn = before !== undefined && before.end === word.start && isUnspaced(before.text) && isUnspaced(word.text);
    if (goesOn) runs.at(-1)!.push(word.text);
    else runs.push([word.text]);
    before = word;
  }
  return runs;
}

function stemsOf(text: string, analyzer: Analyzer): string[] {
  return analyzer.tokens(text).map(({ stem }) => stem);
}

function phraseOf(terms: readonly string[], columns: Columns): TermQuery {
  if (terms.length === 0) return NOTHING;
  return terms.length === 1 ? { kind: 'term', term: terms[0]!, columns } : { kind: 'phrase', terms, columns };
}

function columnsOf(paths: SearchPaths, fields: readonly string[]): Columns {
  return paths?.map((path) => {
    const at = fields.indexOf(path);
    if (at !== -1) return at;
    const nearest = suggestNearest(path, fields);
    const hint = nearest === undefined ? `it has ${fields.join(', ')}.` : `did you mean "${nearest}"?`;
    throw new AerolithError('invalid_filter', `The text index has no field "${path}"; ${hint}`, { path, nearest });
  });
}

function countTerms(query: TermQuery): number {
  const sum = (parts: readonly TermQuery[]) => parts.reduce((count, part) => count + countTerms(part), 0);
  switch (query.kind) {
    case 'phrase':
      return query.terms.length;
    case 'any':
    case 'all':
      return sum(query.of);
    case 'levels':
      return sum(query.levels.flat());
    case 'compound':
      return sum([...query.must, ...query.should, ...query.filter, ...query.mustNot]);
    default:
      return 1;
  }
}
