import { type Document, isDocument, typeName, type Value } from '@aerolithdb/protocol';
import type { Expression, Scope } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';
import { optionsOf } from '../stage-arguments.ts';

/** `$replaceRoot` and `$replaceWith`. */
export type ReplaceRootStage = {
  readonly kind: 'replaceRoot';
  readonly name: '$replaceRoot' | '$replaceWith';
  readonly newRoot: Expression;
};

export function parseReplaceRoot(value: Value, reading: Reading): ReplaceRootStage {
  const options = optionsOf('$replaceRoot', value, ['newRoot'], ['newRoot']);
  return { kind: 'replaceRoot', name: '$replaceRoot', newRoot: parseExpression(options.get('newRoot')!, reading) };
}

export function parseReplaceWith(value: Value, reading: Reading): ReplaceRootStage {
  return { kind: 'replaceRoot', name: '$replaceWith', newRoot: parseExpression(value, reading) };
}

export function* runReplaceRoot(stage: ReplaceRootStage, input: Iterable<Document>, run: Run): Generator<Document> {
  for (const document of input) {
    yield newRootOf(stage, scopeOf(run, document));
  }
}

/** The document that takes the place of `scope.root`. Throws `invalid_pipeline` when it would be no object. */
export function newRootOf({ name, newRoot }: ReplaceRootStage, scope: Scope): Document {
  const root = newRoot.evaluate(scope);
  if (isDocument(root)) return root;
  throw noObject(name, root);
}

function noObject(name: string, root: Value | undefined): Error {
  const found = root === undefined ? 'nothing' : `a value of type ${typeName(root)}`;
  const message = `${name} met a document whose new root is ${found}; it takes an object. Put a $match before it, or use $ifNull.`;
  return invalidPipeline(name, message);
}
