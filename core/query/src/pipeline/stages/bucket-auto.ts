import { compareValues, type Document, NotImplemented, type Value } from '@aerolithdb/protocol';
import type { Expression } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import { Groups } from '../groups.ts';
import { hold } from '../held-documents.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';
import { optionsOf, wholeNumberOf } from '../stage-arguments.ts';
import { bucketOutputs } from './bucket.ts';
import type { Outputs } from './group.ts';

/** `$bucketAuto`: so many groups of about the same number of documents, by the order of a value. */
export type BucketAutoStage = {
  readonly kind: 'bucketAuto';
  readonly groupBy: Expression;
  readonly buckets: number;
  readonly outputs: Outputs;
};

export function parseBucketAuto(value: Value, reading: Reading): BucketAutoStage {
  const options = optionsOf('$bucketAuto', value, ['groupBy', 'buckets', 'output', 'granularity'], ['groupBy', 'buckets']);
  if (options.has('granularity')) throw new NotImplemented('The granularity of $bucketAuto');
  return {
    kind: 'bucketAuto',
    groupBy: parseExpression(options.get('groupBy')!, reading),
    buckets: wholeNumberOf('$bucketAuto', options.get('buckets'), 1, '"buckets"'),
    outputs: bucketOutputs('$bucketAuto', options, reading),
  };
}

type Row = { readonly key: Value; readonly document: Document };

/** Equal values are never parted, so that there may be fewer buckets than asked for. */
export function* runBucketAuto(stage: BucketAutoStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const { documents } = hold(input, run.memory, '$bucketAuto');
  const rows = documents.map((document) => ({ key: stage.groupBy.evaluate(scopeOf(run, document)) ?? null, document }));
  rows.sort((a, b) => compareValues(a.key, b.key));
  const size = Math.max(1, Math.round(rows.length / stage.buckets));
  let from = 0;
  for (let bucket = 1; from < rows.length; bucket++) {
    const end = bucket >= stage.buckets ? rows.length : endOf(rows, Math.min(from + size, rows.length));
    const last = rows[end - 1]!;
    yield bucketOf(stage, rows.slice(from, end), rows[end]?.key ?? last.key, run);
    from = end;
  }
}

/** The end of a bucket after all rows that equal its last one. */
function endOf(rows: readonly Row[], end: number): number {
  let at = end;
  while (at < rows.length && compareValues(rows[at]!.key, rows[at - 1]!.key) === 0) at++;
  return at;
}

function bucketOf(stage: BucketAutoStage, rows: readonly Row[], max: Value, run: Run): Document {
  const groups = new Groups('$bucketAuto', stage.outputs, run);
  const id = new Map([
    ['min', rows[0]!.key],
    ['max', max],
  ]);
  for (const { document } of rows) groups.add(id, scopeOf(run, document));
  return [...groups.documents()][0]!;
}
