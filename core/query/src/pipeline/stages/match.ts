import { type Document, isDocument, RegularExpression, type Value } from '@aerolithdb/protocol';
import { bindFilter } from '../../bind-filter.ts';
import type { Expression } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import type { Filter, Path } from '../../filter.ts';
import { matches } from '../../matches.ts';
import { parseFilter } from '../../parse-filter.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';
import { documentOf } from '../stage-arguments.ts';

/** `$match`. `equalities` are conditions that its `$expr` implies. */
export type MatchStage = {
  readonly kind: 'match';
  /** When it was written in another way. */
  readonly name?: string;
  readonly filter: Filter;
  readonly equalities: readonly Equality[];
};

/** The field must equal what the expression gives, which does not depend on the document. */
type Equality = { readonly path: Path; readonly value: Expression };

export function parseMatch(value: Value, reading: Reading): MatchStage {
  const document = documentOf('$match', value, 'a filter, that is an object');
  return {
    kind: 'match',
    filter: parseFilter(document, reading),
    equalities: [...equalitiesOf(document.get('$expr'), reading)],
  };
}

export function* runMatch(stage: MatchStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const filter = bindFilter(stage.filter, run);
  for (const document of input) if (matches(filter, document)) yield document;
}

/**
 * Filters that every document fulfils which the stage selects, of those that an index may serve: a join by `$expr` with the variables
 * of `let` finds its documents by them.
 */
export function impliedFilters({ equalities }: MatchStage, run: Run): readonly Filter[] {
  const scope = scopeOf(run, new Map());
  return equalities.flatMap(({ path, value }) => {
    const wanted = value.evaluate(scope);
    return isPlain(wanted) ? [{ kind: 'field', path, test: { op: 'eq', value: wanted } } as const] : [];
  });
}

/** Where equality in an expression implies equality in a filter: not of null, which is also missing, nor of arrays, which are looked into. */
function isPlain(value: Value | undefined): value is Value {
  return value !== undefined && value !== null && !Array.isArray(value) && !(value instanceof RegularExpression);
}

function* equalitiesOf(expression: Value | undefined, reading: Reading): Generator<Equality> {
  if (!isDocument(expression) || expression.size !== 1) return;
  const [[operator, operands]] = [...expression] as [[string, Value]];
  if (!Array.isArray(operands)) return;
  if (operator === '$and') for (const part of operands) yield* equalitiesOf(part, reading);
  if (operator !== '$eq' || operands.length !== 2) return;
  for (const [field, other] of [operands, operands.toReversed()] as [Value, Value][]) {
    if (typeof field !== 'string' || !/^\$[^$]/.test(field)) continue;
    const value = parseExpression(other, reading);
    if (value.paths?.length === 0) yield { path: field.slice(1).split('.'), value };
  }
}
