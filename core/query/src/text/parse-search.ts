import { AerolithError, type Document, isDocument, NotImplemented, type Value } from '@aerolithdb/protocol';
import type { Filter } from '../filter.ts';
import { invalidPipeline } from '../pipeline/pipeline-error.ts';
import { documentOf, optionsOf, stringOf, wholeNumberOf } from '../pipeline/stage-arguments.ts';
import { fuzzyOf } from './parse-text.ts';
import type { SearchHighlight, TextQuery } from './text-search.ts';

type TextFilter = Extract<Filter, { kind: 'text' }>;

const OPERATORS = ['text', 'phrase', 'autocomplete', 'compound'] as const;
type Operator = (typeof OPERATORS)[number];

const CHARACTERS_MAX = 500_000;
const PASSAGES_MAX = 5;
const DEPTH_MAX = 5;
/** Operators of MongoDB's `$search` that a text index does not serve. */
const OTHERS = ['embeddedDocument', 'equals', 'exists', 'facet', 'geoShape', 'geoWithin', 'in', 'moreLikeThis', 'near'];
const MORE_OTHERS = ['queryString', 'range', 'regex', 'span', 'wildcard'];

/** Reads the operand of `$search` or `$searchMeta`. Throws `invalid_pipeline` and `not_implemented`. */
export function parseSearch(stage: string, value: Value): TextFilter {
  const options = documentOf(stage, value, `an object with one of ${OPERATORS.join(', ')}`);
  assertKnown(stage, options);
  const index = options.has('index') ? stringOf(stage, options.get('index'), 'index') : undefined;
  const highlight = options.has('highlight') ? highlightOf(stage, options.get('highlight')!) : undefined;
  const query = operatorOf(stage, withoutOptions(options), 0);
  return {
    kind: 'text',
    search: { query, caseSensitive: false, diacriticSensitive: false },
    ...(index === undefined ? {} : { index }),
    ...(highlight === undefined ? {} : { highlight }),
  };
}

function assertKnown(stage: string, options: Document): void {
  const other = [...options.keys()].find((name) => OTHERS.includes(name) || MORE_OTHERS.includes(name));
  if (other !== undefined) throw new NotImplemented(`The operator "${other}" of ${stage}`);
  optionsOf(stage, options, [...OPERATORS, 'index', 'highlight', 'count']);
}

function withoutOptions(options: Document): Document {
  return new Map([...options].filter(([name]) => !['index', 'highlight', 'count'].includes(name)));
}

function operatorOf(stage: string, document: Document, depth: number): TextQuery {
  const [entry, more] = [...document];
  if (entry === undefined || more !== undefined || !(OPERATORS as readonly string[]).includes(entry[0]))
    throw invalidPipeline(stage, `${stage} takes one operator, which is one of ${OPERATORS.join(', ')}.`);
  const [operator, operand] = entry as [Operator, Value];
  switch (operator) {
    case 'text':
      return textOperator(stage, operand);
    case 'phrase':
      return phraseOperator(stage, operand);
    case 'autocomplete':
      return autocompleteOperator(stage, operand);
    case 'compound':
      return compoundOperator(stage, operand, depth);
  }
}

function textOperator(stage: string, operand: Value): TextQuery {
  const options = optionsOf(`${stage}.text`, operand, ['query', 'path', 'fuzzy', 'matchCriteria'], ['query', 'path']);
  const criteria = options.get('matchCriteria') ?? 'any';
  if (criteria !== 'any' && criteria !== 'all') throw invalidPipeline(stage, '"matchCriteria" is "any" or "all".');
  const fuzzy = inStage(stage, () => fuzzyOf(options.get('fuzzy')));
  const paths = pathsOf(stage, options.get('path')!);
  const shared = { all: criteria === 'all', ...(fuzzy === undefined ? {} : { fuzzy }), ...paths };
  return anyOf(queriesOf(stage, options).map((text) => ({ kind: 'words', text, ...shared })));
}

function phraseOperator(stage: string, operand: Value): TextQuery {
  const options = optionsOf(`${stage}.phrase`, operand, ['query', 'path', 'slop'], ['query', 'path']);
  if (wholeNumberOf(stage, options.get('slop') ?? 0, 0, '"slop"') > 0) throw new NotImplemented('A "slop" above 0');
  const paths = pathsOf(stage, options.get('path')!);
  return anyOf(queriesOf(stage, options).map((text) => ({ kind: 'phrase', text, ...paths })));
}

function autocompleteOperator(stage: string, operand: Value): TextQuery {
  const options = optionsOf(`${stage}.autocomplete`, operand, ['query', 'path'], ['query', 'path']);
  const paths = pathsOf(stage, options.get('path')!);
  return anyOf(queriesOf(stage, options).map((text) => ({ kind: 'prefix', text, all: true, ...paths })));
}

const CLAUSES = ['must', 'should', 'filter', 'mustNot'] as const;
type FourClauses = [TextQuery[], TextQuery[], TextQuery[], TextQuery[]];

function compoundOperator(stage: string, operand: Value, depth: number): TextQuery {
  if (depth >= DEPTH_MAX) throw invalidPipeline(stage, `"compound" stands inside itself more than ${DEPTH_MAX} levels deep.`);
  const options = optionsOf(`${stage}.compound`, operand, CLAUSES);
  const [must, should, filter, mustNot] = CLAUSES.map((name) => clauseOf(stage, options.get(name), depth)) as FourClauses;
  if (must.length + should.length + filter.length === 0)
    throw invalidPipeline(stage, '"compound" has at least one of must, should and filter; mustNot alone finds nothing.');
  return { kind: 'compound', must, should, filter, mustNot };
}

function clauseOf(stage: string, value: Value | undefined, depth: number): TextQuery[] {
  const list = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return list.map((part) => operatorOf(stage, documentOf(stage, part, 'operators in "compound"'), depth + 1));
}

function queriesOf(stage: string, options: Document): string[] {
  const query = options.get('query')!;
  const list = Array.isArray(query) ? query : [query];
  if (list.length > 0 && list.every((text) => typeof text === 'string')) return list;
  throw invalidPipeline(stage, '"query" is a text, or a list of texts.');
}

function anyOf(queries: readonly TextQuery[]): TextQuery {
  return queries.length === 1 ? queries[0]! : { kind: 'any', of: queries };
}

/** A path, a list of paths, or `{"wildcard": "*"}` for all fields of the index. */
function pathsOf(stage: string, value: Value): { readonly paths?: readonly string[] } {
  if (isDocument(value) && value.size === 1 && value.get('wildcard') === '*') return {};
  const list = Array.isArray(value) ? value : [value];
  if (list.length > 0 && list.every((path) => typeof path === 'string' && path !== '')) return { paths: list as string[] };
  throw invalidPipeline(stage, '"path" is a path, a list of paths, or {"wildcard": "*"} for every field of the index.');
}

function highlightOf(stage: string, value: Value): SearchHighlight {
  const options = optionsOf(`${stage}.highlight`, value, ['path', 'maxCharsToExamine', 'maxNumPassages'], ['path']);
  return {
    ...pathsOf(stage, options.get('path')!),
    charactersMax: wholeNumberOf(stage, options.get('maxCharsToExamine') ?? CHARACTERS_MAX, 1, '"maxCharsToExamine"'),
    passagesMax: wholeNumberOf(stage, options.get('maxNumPassages') ?? PASSAGES_MAX, 1, '"maxNumPassages"'),
  };
}

/** What a reader shared with filters refuses, said of the stage. */
function inStage<T>(stage: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AerolithError && error.code === 'invalid_filter') throw invalidPipeline(stage, error.message);
    throw error;
  }
}
