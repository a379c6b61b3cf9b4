import type { Document, Value } from '@aerolithdb/protocol';
import type { Expression } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import type { Accumulator } from '../accumulators/accumulator.ts';
import { parseAccumulator } from '../accumulators/parse-accumulator.ts';
import { Groups } from '../groups.ts';
import { BudgetPart } from '../memory-budget.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';
import { type Spill, SpilledDocuments } from '../spill.ts';
import { documentOf, fieldNameOf } from '../stage-arguments.ts';
import { valueKey } from '../value-key.ts';

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

/**
 * Groups come in the order of their first documents. When half of the memory is taken no further group begins: documents of others go into files by
 * the hash of their key, and each file is grouped afterwards (a hybrid hash aggregation). What one group gathers must fit.
 */
export function* runGroup(stage: GroupStage, input: Iterable<Document>, run: Run, level = 0): Generator<Document> {
  const memory = new BudgetPart(run.memory);
  const groups = new Groups('$group', stage.outputs, { ...run, memory });
  const parts = new Map<number, SpilledDocuments>();
  for (const document of input) {
    const scope = scopeOf(run, document);
    const id = stage.key.evaluate(scope) ?? null;
    const spill = level < LEVELS_MAX && run.searched !== true ? run.spill : undefined;
    if (spill === undefined || memory.fits(memory.limit / 2) || groups.has(id)) groups.add(id, scope);
    else partOf(parts, hashOf(valueKey(id), level) % PARTS, spill).append(document);
  }
  yield* groups.documents();
  memory.giveAll();
  for (const part of parts.values()) yield* runGroup(stage, part.read(), run, level + 1);
}

const PARTS = 16;
/** Files of files: with 16 at each level, a hundred thousand times what memory holds. */
const LEVELS_MAX = 4;

function partOf(parts: Map<number, SpilledDocuments>, number: number, spill: Spill): SpilledDocuments {
  const known = parts.get(number);
  if (known !== undefined) return known;
  const made = new SpilledDocuments(spill);
  parts.set(number, made);
  return made;
}

/** FNV-1a of 32 bits, another one at each level. */
function hashOf(key: string, level: number): number {
  let hash = 0x811c9dc5 ^ (level * 0x9e3779b1);
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
