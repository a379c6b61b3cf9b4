import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Expression, Scope } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';

/** `$redact`: for each object, also inside others, the expression says whether it stays, goes, or is looked into. */
export type RedactStage = { readonly kind: 'redact'; readonly decision: Expression };

const DECISIONS = ['DESCEND', 'PRUNE', 'KEEP'] as const;
type Decision = (typeof DECISIONS)[number];

export function parseRedact(value: Value, reading: Reading): RedactStage {
  const variables = [...reading.variables, ...DECISIONS];
  return { kind: 'redact', decision: parseExpression(value, { ...reading, variables }) };
}

export function* runRedact({ decision }: RedactStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const variables = new Map([...run.variables, ...DECISIONS.map((name) => [name, name] as const)]);
  const decide = (root: Document) => decisionOf(decision, { ...scopeOf(run, root), variables });
  for (const document of input) {
    const left = redact(document, decide);
    if (left !== undefined) yield left;
  }
}

function decisionOf(expression: Expression, scope: Scope): Decision {
  const found = DECISIONS.find((name) => name === expression.evaluate(scope));
  if (found !== undefined) return found;
  throw invalidPipeline('$redact', '$redact takes an expression that gives $$DESCEND, $$PRUNE or $$KEEP.');
}

/** What is left of an object; undefined when nothing is. */
function redact(document: Document, decide: (root: Document) => Decision): Document | undefined {
  const decision = decide(document);
  if (decision === 'PRUNE') return undefined;
  if (decision === 'KEEP') return document;
  const left: Document = new Map();
  for (const [name, value] of document) {
    const inner = redactWithin(value, decide);
    if (inner !== undefined) left.set(name, inner);
  }
  return left;
}

function redactWithin(value: Value, decide: (root: Document) => Decision): Value | undefined {
  if (isDocument(value)) return redact(value, decide);
  if (!Array.isArray(value)) return value;
  return value.map((element) => redactWithin(element, decide)).filter((element) => element !== undefined);
}
