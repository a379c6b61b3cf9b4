import { compareValues, type Document, typeBracket, type Value } from '@aerolithdb/protocol';
import type { Expression } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import { Groups } from '../groups.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';
import { constantOf, documentOf, listOf, optionsOf } from '../stage-arguments.ts';
import { type Outputs, outputsOf } from './group.ts';

/** `$bucket`: groups by the boundaries that a value lies between. */
export type BucketStage = {
  readonly kind: 'bucket';
  readonly groupBy: Expression;
  /** Ascending and of one class; a bucket begins with one and ends before the next. */
  readonly boundaries: readonly Value[];
  /** The group of what is in no bucket; undefined: there must be nothing. */
  readonly rest: Value | undefined;
  readonly outputs: Outputs;
};

const COUNT: Document = new Map([['count', new Map([['$sum', 1]])]]);

/** `count` when nothing is asked for. */
export function bucketOutputs(stage: string, options: Document, reading: Reading): Outputs {
  const output = options.get('output');
  return outputsOf(
    stage,
    output === undefined ? COUNT : documentOf(stage, output, 'an object of accumulators as "output"'),
    reading,
  );
}

export function parseBucket(value: Value, reading: Reading): BucketStage {
  const names = ['groupBy', 'boundaries', 'default', 'output'];
  const options = optionsOf('$bucket', value, names, ['groupBy', 'boundaries']);
  const boundaries = listOf('$bucket', options.get('boundaries'), 'boundaries').map((each) =>
    constantOf('$bucket', each, 'boundaries'),
  );
  checkBoundaries(boundaries);
  const rest = options.get('default');
  const fallback = rest === undefined ? undefined : constantOf('$bucket', rest, 'default');
  if (fallback !== undefined && placeOf(boundaries, fallback) !== undefined)
    throw invalidPipeline('$bucket', '"default" of $bucket lies between the boundaries; give one that does not.');
  return {
    kind: 'bucket',
    groupBy: parseExpression(options.get('groupBy')!, reading),
    boundaries,
    rest: fallback,
    outputs: bucketOutputs('$bucket', options, reading),
  };
}

function checkBoundaries(boundaries: readonly Value[]): void {
  if (boundaries.length < 2) throw invalidPipeline('$bucket', '$bucket takes at least two boundaries.');
  boundaries.forEach((boundary, i) => {
    const before = boundaries[i - 1];
    if (before === undefined) return;
    if (typeBracket(before) !== typeBracket(boundary))
      throw invalidPipeline('$bucket', 'The boundaries of $bucket are of different types; give values of one type.');
    if (compareValues(before, boundary) >= 0)
      throw invalidPipeline('$bucket', 'The boundaries of $bucket do not ascend; sort them and leave out repeated ones.');
  });
}

/** The boundary that the bucket of a value begins with; undefined when it is in none. */
function placeOf(boundaries: readonly Value[], value: Value): Value | undefined {
  const next = boundaries.findIndex((boundary) => compareValues(value, boundary) < 0);
  return next < 1 ? undefined : boundaries[next - 1];
}

/** Buckets come in the order of their boundaries, the default among them by its value; empty ones do not. */
export function* runBucket(stage: BucketStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const groups = new Groups('$bucket', stage.outputs, run);
  for (const document of input) {
    const scope = scopeOf(run, document);
    const value = stage.groupBy.evaluate(scope) ?? null;
    const id = placeOf(stage.boundaries, value) ?? stage.rest;
    if (id === undefined)
      throw invalidPipeline(
        '$bucket',
        '$bucket met a value that is in no bucket; give a "default", or boundaries that hold all.',
      );
    groups.add(id, scope);
  }
  yield* [...groups.documents()].sort((a, b) => compareValues(a.get('_id')!, b.get('_id')!));
}
