import { AerolithError, type Document, isDocument, suggestNearest, type Value } from '@aerolithdb/protocol';
import { asWholeNumber } from '../numeric.ts';
import { LANGUAGE_NAMES, type LanguageName, languageNamed } from './language-names.ts';
import { type SearchPart, searchParts } from './search-words.ts';
import type { Fuzziness, TextQuery, TextSearch } from './text-search.ts';

const FIELDS = ['$search', '$language', '$caseSensitive', '$diacriticSensitive', '$fuzzy'];

/** The farthest that is still useful: with more, a word of six letters is any other. */
const EDITS_MAX = 2;
const EXPANSIONS_MAX = 200;
export const EXPANSIONS = 50;

/**
 * Reads the operand of `$text`: some word of `$search`, every `"phrase"` and no `-word`. With phrases, words only add to the score.
 * Throws `invalid_filter`.
 */
export function parseText(operand: Value): TextSearch {
  if (!isDocument(operand)) throw invalid('$text takes an object: {"$search": "some words"}.');
  for (const name of operand.keys()) if (!FIELDS.includes(name)) throw unknownField(name);
  const search = operand.get('$search');
  if (typeof search !== 'string') throw invalid('$text needs "$search", a string of words.');
  const caseSensitive = flag(operand, '$caseSensitive');
  const diacriticSensitive = flag(operand, '$diacriticSensitive');
  const fuzzy = fuzzyOf(operand.get('$fuzzy'));
  if (fuzzy !== undefined && (caseSensitive || diacriticSensitive))
    throw invalid('$fuzzy has no place beside $caseSensitive or $diacriticSensitive.');
  const language = languageOf(operand.get('$language'));
  return {
    query: queryOf(searchParts(search), fuzzy),
    ...(language === undefined ? {} : { language }),
    caseSensitive,
    diacriticSensitive,
  };
}

function queryOf(parts: readonly SearchPart[], fuzzy: Fuzziness | undefined): TextQuery {
  const query = ({ kind, text }: SearchPart): TextQuery => {
    if (kind !== 'word') return { kind, text };
    return fuzzy === undefined ? { kind: 'words', text } : { kind: 'words', text, fuzzy };
  };
  const wanted = parts.filter(({ negated }) => !negated);
  return {
    kind: 'compound',
    must: wanted.filter(({ kind }) => kind === 'phrase').map(query),
    should: wanted.filter(({ kind }) => kind !== 'phrase').map(query),
    filter: [],
    mustNot: parts.filter(({ negated }) => negated).map((part) => query({ ...part })),
  };
}

function languageOf(value: Value | undefined): LanguageName | undefined {
  if (value === undefined) return undefined;
  const name = typeof value === 'string' ? languageNamed(value) : undefined;
  if (name !== undefined) return name;
  throw invalid(`$language is not a language that is supported; known are ${LANGUAGE_NAMES.join(', ')}.`);
}

/** `true`, or an object of maxEdits, prefixLength and maxExpansions. Throws `invalid_filter`. */
export function fuzzyOf(value: Value | undefined): Fuzziness | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return { maxEdits: 2, prefixLength: 0, maxExpansions: EXPANSIONS };
  if (!isDocument(value)) throw invalid('A fuzzy search is true, or an object of maxEdits, prefixLength and maxExpansions.');
  for (const name of value.keys())
    if (!['maxEdits', 'prefixLength', 'maxExpansions'].includes(name))
      throw invalid(`A fuzzy search has no "${name}"; it has maxEdits, prefixLength and maxExpansions.`);
  return {
    maxEdits: whole(value, 'maxEdits', 1, EDITS_MAX, 2) as 1 | 2,
    prefixLength: whole(value, 'prefixLength', 0, 100, 0),
    maxExpansions: whole(value, 'maxExpansions', 1, EXPANSIONS_MAX, EXPANSIONS),
  };
}

function whole(document: Document, name: string, low: number, high: number, otherwise: number): number {
  const value = document.get(name);
  const number = value === undefined ? otherwise : asWholeNumber(value);
  if (number !== undefined && number >= low && number <= high) return number;
  throw invalid(`"${name}" of a fuzzy search is a whole number from ${low} to ${high}.`);
}

function flag(operand: Document, name: string): boolean {
  const value = operand.get(name) ?? false;
  if (typeof value === 'boolean') return value;
  throw invalid(`${name} is true or false.`);
}

function unknownField(name: string): AerolithError {
  const nearest = suggestNearest(name, FIELDS);
  return invalid(
    `$text has no "${name}"; ${nearest === undefined ? `it has ${FIELDS.join(', ')}.` : `did you mean ${nearest}?`}`,
  );
}

function invalid(message: string): AerolithError {
  return new AerolithError('invalid_filter', message, { operator: '$text' });
}
