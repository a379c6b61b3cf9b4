import type { Fuzziness } from './text-search.ts';

/** A search in the terms of one index. `columns` are places in its list of fields; undefined: all of them. */
export type TermQuery =
  | { readonly kind: 'term'; readonly term: string; readonly columns: Columns }
  /** Some word, or its stem, begins so. */
  | { readonly kind: 'prefix'; readonly prefix: string; readonly columns: Columns }
  /** The terms side by side, in order; two at least. */
  | { readonly kind: 'phrase'; readonly terms: readonly string[]; readonly columns: Columns }
  /** The word itself and those like it: `expandFuzzy` makes terms of it. */
  | { readonly kind: 'fuzzy'; readonly word: FuzzyWord; readonly columns: Columns }
  /** What `expandFuzzy` found: the terms of `levels[n]` are n edits away. */
  | { readonly kind: 'levels'; readonly levels: readonly (readonly TermQuery[])[] }
  | { readonly kind: 'any'; readonly of: readonly TermQuery[] }
  | { readonly kind: 'all'; readonly of: readonly TermQuery[] }
  | CompoundTerms;

/** As `CompoundQuery`. */
export type CompoundTerms = {
  readonly kind: 'compound';
  readonly must: readonly TermQuery[];
  readonly should: readonly TermQuery[];
  readonly filter: readonly TermQuery[];
  readonly mustNot: readonly TermQuery[];
};

export type Columns = readonly number[] | undefined;

export type FuzzyWord = { readonly stem: string; readonly form: string; readonly fuzzy: Fuzziness };

/** Matches no document. */
export const NOTHING: TermQuery = { kind: 'any', of: [] };
