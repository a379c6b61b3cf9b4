import { type Columns, FORM, type TermQuery } from '@aerolithdb/query/text';

/**
 * A search as FTS5 answers it (https://sqlite.org/fts5.html#full_text_query_syntax). `within` finds the documents; each of `scores`
 * gives those of them that it finds `factor` times what BM25 says. When `within` is its own only score, one look at the index does both.
 */
export type MatchExpression = { readonly within: string; readonly scores: readonly Score[] };

export type Score = { readonly expression: string; readonly factor: number };

/** A word that is so many edits away counts for so much. */
const LEVEL_FACTORS = [1, 0.5, 0.25];

/** Undefined: nothing can match. */
export function matchExpression(query: TermQuery): MatchExpression | undefined {
  const within = membership(query);
  if (within === undefined) return undefined;
  if (scoresItself(query)) return { within, scores: [{ expression: within, factor: 1 }] };
  const scores = LEVEL_FACTORS.flatMap((factor, level) => {
    const expression = anyOf(scoringTerms(query, level));
    return expression === undefined ? [] : [{ expression, factor }];
  });
  return { within, scores };
}

/** What finds exactly the documents of the search; undefined: none can match. */
function membership(query: TermQuery): string | undefined {
  switch (query.kind) {
    case 'any':
      return anyOf(query.of.map(membership));
    case 'all':
      return allOf(query.of.map(membership));
    case 'levels':
      return anyOf(query.levels.flat().map(membership));
    case 'compound': {
      const needed = [...query.must, ...query.filter];
      const wanted = needed.length > 0 ? allOf(needed.map(membership)) : anyOf(query.should.map(membership));
      const unwanted = anyOf(query.mustNot.map(membership));
      return wanted === undefined || unwanted === undefined ? wanted : `(${wanted} NOT ${unwanted})`;
    }
    default:
      return leaf(query);
  }
}

/** What adds to the score, each by itself, of words that are `level` edits away. */
function scoringTerms(query: TermQuery, level: number): (string | undefined)[] {
  switch (query.kind) {
    case 'any':
    case 'all':
      return query.of.flatMap((part) => scoringTerms(part, level));
    case 'levels':
      return (query.levels[level] ?? []).map(leaf);
    case 'compound':
      return [...query.must, ...query.should].flatMap((part) => scoringTerms(part, level));
    default:
      return level === 0 ? [leaf(query)] : [];
  }
}

/**
 * Whether BM25 of what finds the documents is the sum over its words. It is not where a part that does not hold would count, nor for
 * words that count less, or not at all.
 */
function scoresItself(query: TermQuery): boolean {
  if (query.kind !== 'compound') return query.kind === 'all' ? query.of.every(isAlternative) : isAlternative(query);
  const { must, should, filter } = query;
  if (filter.length > 0 || (must.length > 0 && should.length > 0)) return false;
  return (
    must.every((part) => isAlternative(part) || (part.kind === 'all' && part.of.every(isAlternative))) &&
    should.every(isAlternative)
  );
}

function isAlternative(query: TermQuery): boolean {
  if (query.kind === 'any') return query.of.every(isAlternative);
  if (query.kind === 'levels') return query.levels.slice(1).every((level) => level.length === 0);
  return query.kind === 'term' || query.kind === 'prefix' || query.kind === 'phrase';
}

function leaf(query: TermQuery): string | undefined {
  switch (query.kind) {
    case 'term':
      return inColumns(query.columns, quoted(query.term));
    case 'prefix':
      return inColumns(query.columns, `(${quoted(query.prefix)} * OR ${quoted(FORM + query.prefix)} *)`);
    case 'phrase':
      return inColumns(query.columns, quoted(query.terms.join(' ')));
    default:
      throw new Error(`A search part of the kind "${query.kind}" is no single word.`);
  }
}

function inColumns(columns: Columns, expression: string): string | undefined {
  if (columns === undefined) return expression;
  return `({${columns.map((column) => `c${column}`).join(' ')}} : ${expression})`;
}

/** Terms hold letters, digits, marks, `_`, `'` and the sign of forms: never a quotation mark. */
function quoted(terms: string): string {
  return `"${terms}"`;
}

function anyOf(parts: readonly (string | undefined)[]): string | undefined {
  const some = parts.filter((part) => part !== undefined);
  return some.length < 2 ? some[0] : `(${some.join(' OR ')})`;
}

function allOf(parts: readonly (string | undefined)[]): string | undefined {
  if (parts.length === 0 || parts.some((part) => part === undefined)) return undefined;
  return parts.length === 1 ? parts[0] : `(${parts.join(' AND ')})`;
}
