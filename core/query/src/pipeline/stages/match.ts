import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Expression, Scope } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import { isTrue } from '../../expression/truth.ts';
import type { Filter } from '../../filter.ts';
import { matches } from '../../matches.ts';
import { parseFilter } from '../../parse-filter.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';
import { documentOf } from '../stage-arguments.ts';

/**
 * `$match`. A `$expr` that must hold whatever else does is kept apart, because it may name variables of the pipeline; `sources`
 * are the expressions as they were written.
 */
export type MatchStage = {
  readonly kind: 'match';
  readonly filter: Filter;
  readonly expressions: readonly Expression[];
  readonly sources: readonly Value[];
};

export function parseMatch(value: Value, reading: Reading): MatchStage {
  const document = documentOf('$match', value, 'a filter, that is an object');
  const sources: Value[] = [];
  const filter = parseFilter(withoutExpressions(document, sources));
  return { kind: 'match', filter, expressions: sources.map((source) => parseExpression(source, reading)), sources };
}

export function* runMatch({ filter, expressions }: MatchStage, input: Iterable<Document>, run: Run): Generator<Document> {
  for (const document of input) {
    if (!matches(filter, document)) continue;
    if (expressions.length === 0 || holdAll(expressions, scopeOf(run, document))) yield document;
  }
}

function holdAll(expressions: readonly Expression[], scope: Scope): boolean {
  return expressions.every((expression) => isTrue(expression.evaluate(scope)));
}

function withoutExpressions(document: Document, sources: Value[]): Document {
  if (!document.has('$expr') && !document.has('$and')) return document;
  const rest: Document = new Map();
  for (const [name, value] of document) {
    if (name === '$expr') sources.push(value);
    else if (name === '$and' && Array.isArray(value))
      rest.set(
        name,
        value.map((part) => partOf(part, sources)),
      );
    else rest.set(name, value);
  }
  return rest;
}

function partOf(part: Value, sources: Value[]): Value {
  return isDocument(part) ? withoutExpressions(part, sources) : part;
}
