import type { LanguageName } from './language-names.ts';

/** What a `$text` or `$search` looks for, as it was written: words are split, folded and stemmed where the index is known. */
export type TextSearch = {
  readonly query: TextQuery;
  /** Undefined: that of the index. */
  readonly language?: LanguageName;
  readonly caseSensitive: boolean;
  readonly diacriticSensitive: boolean;
};

/** Paths of fields of the index; undefined: all of them. */
export type SearchPaths = readonly string[] | undefined;

/** How far a word of a document may be from a word of the query. */
export type Fuzziness = {
  /** Letters put in, left out, replaced, or swapped with their neighbour. */
  readonly maxEdits: 1 | 2;
  /** Letters at the beginning that must be the same. */
  readonly prefixLength: number;
  /** Words of the index that one word of the query stands for, at most. */
  readonly maxExpansions: number;
};

export type TextQuery =
  /** Some word, or (`all`) every one, of the text. */
  | {
      readonly kind: 'words';
      readonly text: string;
      readonly all?: boolean;
      readonly paths?: SearchPaths;
      readonly fuzzy?: Fuzziness;
    }
  /** A word that begins as the last one of the text does; the words before it are whole. `all`: each of them begins a word. */
  | { readonly kind: 'prefix'; readonly text: string; readonly all?: boolean; readonly paths?: SearchPaths }
  /** The words side by side. */
  | { readonly kind: 'phrase'; readonly text: string; readonly paths?: SearchPaths }
  | { readonly kind: 'any'; readonly of: readonly TextQuery[] }
  | CompoundQuery;

/** `must` and `should` add to the score, the others decide alone. Without `must` and `filter` one of `should` must hold. */
export type CompoundQuery = {
  readonly kind: 'compound';
  readonly must: readonly TextQuery[];
  readonly should: readonly TextQuery[];
  readonly filter: readonly TextQuery[];
  readonly mustNot: readonly TextQuery[];
};

/** Which fields `searchHighlights` shows; without paths those of the index. */
export type SearchHighlight = {
  readonly paths?: readonly string[];
  /** Characters at the beginning of a text that are looked at. */
  readonly charactersMax: number;
  /** Passages of one text. */
  readonly passagesMax: number;
};
