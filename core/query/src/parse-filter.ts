import { AerolithError, type Document, isDocument, RegularExpression, type Value } from '@aerolithdb/protocol';
import type { ParseOptions } from './expression/parse-context.ts';
import { parseExpression } from './expression/parse-expression.ts';
import type { Filter, Path, Test } from './filter.ts';
import { EVERYTHING } from './filter.ts';
import { assertNearPlace } from './geo/near-condition.ts';
import { jsonSchema } from './json-schema/json-schema.ts';
import {
  DOCUMENT_OPERATORS,
  type DocumentOperator,
  FIELD_OPERATORS,
  isDocumentOperator,
  isOperatorDocument,
  LOGICAL_OPERATORS,
  unknownOperator,
} from './operators.ts';
import { type Alternatives, parseConditions, regexTest } from './parse-conditions.ts';
import { parsePath } from './path.ts';
import { parseText } from './text/parse-text.ts';
import { assertTextPlaces } from './text/text-places.ts';

/**
 * Reads a filter into its normal form: nested `and`s are flat, `$ne` and `$nin` are `not`s, `$in` with regular expressions is
 * an `or`.
 *
 * Throws `invalid_filter`, `invalid_expression` (in `$expr`), `invalid_regex`, `unknown_operator` (details: operator, nearest) and `not_implemented` (operators of
 * MongoDB that are not here yet).
 *
 * @example
 * parseFilter(parseDocument('{"age":{"$gte":18},"country":"NO"}'));
 */
export function parseFilter(document: Document, options: FilterOptions = {}): Filter {
  const filter = conjunction(parseParts(document, options));
  assertNearPlace(filter, options.ordering === true);
  assertTextPlaces(filter);
  return filter;
}

export type FilterOptions = ParseOptions & {
  /** `$near` is allowed: whoever carries out the query gives the nearest documents first. */
  readonly ordering?: boolean;
};

/** Reads a filter of something inside of a document, such as an element of an array. It has no `$expr`. */
export function parseElementFilter(document: Document): Filter {
  const filter = conjunction(parseParts(document, undefined));
  assertNearPlace(filter, false);
  return filter;
}

/** `expressions`: how `$expr` is read; undefined where there is none. */
function parseParts(document: Document, expressions: ParseOptions | undefined): Filter[] {
  const parts: Filter[] = [];
  for (const [name, value] of document) {
    if (name === '$comment') continue;
    if (isDocumentOperator(name)) parts.push(documentFilter(name, value, expressions));
    else parts.push(name.startsWith('$') ? parseLogical(name, value, expressions) : parseField(parsePath(name), value));
  }
  return parts;
}

/** Throws `invalid_filter` where there is no whole document to look at. */
function documentFilter(operator: DocumentOperator, value: Value, expressions: ParseOptions | undefined): Filter {
  if (expressions === undefined) {
    const message = `${operator} looks at a whole document; it has no place in $elemMatch or an array filter.`;
    throw new AerolithError('invalid_filter', message, { operator });
  }
  if (operator === '$text') return { kind: 'text', search: parseText(value) };
  return { kind: 'expression', expression: operator === '$expr' ? parseExpression(value, expressions) : jsonSchema(value) };
}

function parseLogical(operator: string, value: Value, expressions: ParseOptions | undefined): Filter {
  if (!(LOGICAL_OPERATORS as readonly string[]).includes(operator)) throw notLogical(operator);
  if (!Array.isArray(value) || value.length === 0) {
    throw new AerolithError('invalid_filter', `${operator} takes an array of one or more filters.`, { operator });
  }
  const filters = value.map((part) => {
    if (isDocument(part)) return conjunction(parseParts(part, expressions));
    throw new AerolithError('invalid_filter', `Every element of ${operator} is a filter, that is an object.`, { operator });
  });
  if (operator === '$and') return conjunction(filters);
  if (operator === '$or') return disjunction(filters);
  return { kind: 'nor', filters };
}

function notLogical(operator: string): AerolithError {
  if (operator !== '$not' && (FIELD_OPERATORS as readonly string[]).includes(operator)) {
    return new AerolithError('invalid_filter', `${operator} belongs to a field: write {"field": {"${operator}": …}}.`, {
      operator,
    });
  }
  if (operator === '$not') {
    return new AerolithError('invalid_filter', '$not belongs to a field; to negate a whole filter use {"$nor": [filter]}.', {
      operator,
    });
  }
  return unknownOperator(operator, [...LOGICAL_OPERATORS, ...DOCUMENT_OPERATORS, ...FIELD_OPERATORS], 'a filter');
}

function parseField(path: Path, value: Value): Filter {
  if (isOperatorDocument(value)) return fieldFilter(path, parseConditions(value));
  const test: Test = value instanceof RegularExpression ? regexTest(value.pattern, value.options) : { op: 'eq', value };
  return { kind: 'field', path, test };
}

function fieldFilter(path: Path, alternatives: Alternatives): Filter {
  return disjunction(alternatives.map((tests) => conjunction(tests.map((test) => testFilter(path, test)))));
}

/** At a path, the negation of several tests is a `nor` of their `and`, so that a `not` there holds exactly one. */
function testFilter(path: Path, test: Test): Filter {
  if (test.op !== 'not' || test.tests.length === 1) return { kind: 'field', path, test };
  return { kind: 'nor', filters: [conjunction(test.tests.map((part) => testFilter(path, part)))] };
}

function conjunction(filters: readonly Filter[]): Filter {
  if (filters.length === 0) return EVERYTHING;
  if (filters.length === 1) return filters[0]!;
  const flat = filters.flatMap((part) => (part.kind === 'and' ? part.filters : [part]));
  return { kind: 'and', filters: [...flat.filter(isCheap), ...flat.filter((part) => !isCheap(part))] };
}

/** Expressions come last: what they cost, and may throw, is for documents that pass the rest. */
function isCheap(filter: Filter): boolean {
  return filter.kind !== 'expression';
}

function disjunction(filters: readonly Filter[]): Filter {
  return filters.length === 1 ? filters[0]! : { kind: 'or', filters };
}
