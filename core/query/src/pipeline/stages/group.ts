import type { Document, Value } from '@aerolithdb/protocol';
import type { Expression } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import type { Accumulator } from '../accumulators/accumulator.ts';
import { parseAccumulator } from '../accumulators/parse-accumulator.ts';
import { Groups } from '../groups.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';
import { documentOf, fieldNameOf } from '../stage-arguments.ts';

/** Fields that come out, with what gathers each. */
export type Outputs = ReadonlyMap<string, Accumulator>;

/** `$group`. `keySource`: the expression of `_id` as it was written. */
export type GroupStage = {
  readonly kind: 'group';
  readonly key: Expression;
  readonly keySource: Value;
  readonly outputs: Outputs;
};

export function parseGroup(value: Value, reading: Reading): GroupStage {
  const fields = documentOf('$group', value, 'an object with "_id" and accumulators');
  const keySource = fields.get('_id');
  if (keySource === undefined)
    throw invalidPipeline('$group', '$group needs "_id": what to group by, or null for one group of all.');
  const outputs = outputsOf('$group', new Map([...fields].filter(([name]) => name !== '_id')), reading);
  return { kind: 'group', key: parseExpression(keySource, reading), keySource, outputs };
}

export function outputsOf(stage: string, fields: Document, reading: Reading): Outputs {
  const entries = [...fields].map(
    ([name, spec]) => [fieldNameOf(stage, name), parseAccumulator(stage, name, spec, reading)] as const,
  );
  return new Map(entries);
}

/** Groups come in the order of their first documents. */
export function* runGroup({ key, outputs }: GroupStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const groups = new Groups('$group', outputs, run);
  for (const document of input) {
    const scope = scopeOf(run, document);
    groups.add(key.evaluate(scope) ?? null, scope);
  }
  yield* groups.documents();
}
