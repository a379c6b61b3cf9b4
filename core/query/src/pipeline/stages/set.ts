import type { Document, Value } from '@aerolithdb/protocol';
import { parseExpression } from '../../expression/parse-expression.ts';
import { type ComputedTree, setComputed } from '../computed-fields.ts';
import { fieldLeaves, treeOf } from '../field-leaves.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';
import { documentOf } from '../stage-arguments.ts';

/** `$set` and `$addFields`. */
export type SetStage = { readonly kind: 'set'; readonly name: '$set' | '$addFields'; readonly computed: ComputedTree };

export function parseSet(value: Value, reading: Reading, name: SetStage['name'] = '$set'): SetStage {
  const fields = documentOf(name, value, 'an object with the fields to set');
  if (fields.size === 0) throw invalidPipeline(name, `${name} names no field; name at least one.`);
  const leaves = fieldLeaves(name, fields).map(({ path, value: source }) => ({ path, value: parseExpression(source, reading) }));
  return { kind: 'set', name, computed: treeOf(leaves) as ComputedTree };
}

export function* runSet({ computed }: SetStage, input: Iterable<Document>, run: Run): Generator<Document> {
  for (const document of input) yield setComputed(computed, document, scopeOf(run, document));
}
