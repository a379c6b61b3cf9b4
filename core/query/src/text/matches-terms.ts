import type { Token } from './analyzer.ts';
import type { Columns, TermQuery } from './term-query.ts';

/** For each field of the index the tokens of each of its texts. */
export type DocumentTokens = readonly (readonly (readonly Token[])[])[];

/** Whether a search finds a document, decided on its words: the same as the index says, with tokens of any analyzer. */
export function matchesTerms(query: TermQuery, fields: DocumentTokens): boolean {
  switch (query.kind) {
    case 'term':
      return someText(fields, query.columns, (tokens) => tokens.some(({ stem }) => stem === query.term));
    case 'prefix':
      return someText(fields, query.columns, (tokens) => tokens.some((token) => beginsWith(token, query.prefix)));
    case 'phrase':
      return someText(fields, query.columns, (tokens) => hasPhrase(tokens, query.terms));
    case 'fuzzy':
      throw new Error('A fuzzy word is expanded before it is looked for.');
    case 'levels':
      return query.levels.flat().some((part) => matchesTerms(part, fields));
    case 'any':
      return query.of.some((part) => matchesTerms(part, fields));
    case 'all':
      return query.of.every((part) => matchesTerms(part, fields));
    case 'compound': {
      const { must, should, filter, mustNot } = query;
      const needed = [...must, ...filter];
      if (mustNot.some((part) => matchesTerms(part, fields))) return false;
      if (needed.length > 0) return needed.every((part) => matchesTerms(part, fields));
      return should.some((part) => matchesTerms(part, fields));
    }
  }
}

function someText(fields: DocumentTokens, columns: Columns, holds: (tokens: readonly Token[]) => boolean): boolean {
  const chosen = columns === undefined ? fields : columns.map((column) => fields[column] ?? []);
  return chosen.some((texts) => texts.some(holds));
}

function beginsWith({ stem, form }: Token, prefix: string): boolean {
  return form.startsWith(prefix) || stem.startsWith(prefix);
}

function hasPhrase(tokens: readonly Token[], terms: readonly string[]): boolean {
  for (let at = 0; at + terms.length <= tokens.length; at += 1)
    if (terms.every((term, i) => tokens[at + i]!.stem === term)) return true;
  return false;
}
