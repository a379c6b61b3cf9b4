import { compareValues, type Document, double, suggestNearest, type Value } from '@aerolithdb/protocol';
import type { Expression } from '../../expression/expression.ts';
import { parseExpression } from '../../expression/parse-expression.ts';
import { asNumber } from '../../numeric.ts';
import { Groups } from '../groups.ts';
import { BudgetPart } from '../memory-budget.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import { GRANULARITIES, nextPreferred, previousPreferred } from '../preferred-numbers.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';
import { SortedDocuments } from '../sorted-documents.ts';
import { optionsOf, wholeNumberOf } from '../stage-arguments.ts';
import { bucketOutputs } from './bucket.ts';
import type { Outputs } from './group.ts';

/** `$bucketAuto`: so many groups of about the same number of documents, by the order of a value. */
export type BucketAutoStage = {
  readonly kind: 'bucketAuto';
  readonly groupBy: Expression;
  readonly buckets: number;
  readonly outputs: Outputs;
  /** The series of preferred numbers that the boundaries are taken from. */
  readonly granularity: string | undefined;
};

export function parseBucketAuto(value: Value, reading: Reading): BucketAutoStage {
  const options = optionsOf('$bucketAuto', value, ['groupBy', 'buckets', 'output', 'granularity'], ['groupBy', 'buckets']);
  return {
    kind: 'bucketAuto',
    groupBy: parseExpression(options.get('groupBy')!, reading),
    buckets: wholeNumberOf('$bucketAuto', options.get('buckets'), 1, '"buckets"'),
    outputs: bucketOutputs('$bucketAuto', options, reading),
    granularity: granularityOf(options.get('granularity')),
  };
}

function granularityOf(name: Value | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (typeof name === 'string' && GRANULARITIES.includes(name)) return name;
  const nearest = typeof name === 'string' ? suggestNearest(name, GRANULARITIES) : undefined;
  const hint = nearest === undefined ? `it is one of ${GRANULARITIES.join(', ')}.` : `did you mean "${nearest}"?`;
  throw invalidPipeline('$bucketAuto', `$bucketAuto knows no such granularity; ${hint}`);
}

type Row = { readonly key: Value; readonly document: Document };

/** Equal values are never parted, so that there may be fewer buckets than asked for. */
export function* runBucketAuto(stage: BucketAutoStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const keyOf = (document: Document) => [stage.groupBy.evaluate(scopeOf(run, document)) ?? null];
  const order = { stage: '$bucketAuto', keyOf, compare: ([a]: readonly Value[], [b]: readonly Value[]) => compareValues(a!, b!) };
  const all = new SortedDocuments(order, run);
  for (const document of input) all.add(document);
  const size = Math.max(1, Math.round(all.size / stage.buckets));
  let bucket: Bucket | undefined;
  let made = 0;
  for (const { document, key } of all.sorted()) {
    const row = { document, key: key[0]! };
    if (bucket?.takes(row, made === stage.buckets, size) === true) {
      bucket.add(row);
      continue;
    }
    const before: Bucket | undefined = bucket;
    if (before !== undefined) yield before.document(before.end(row.key));
    bucket = new Bucket(stage, run, row.key, before?.end(row.key));
    made++;
    bucket.add(row);
  }
  if (bucket !== undefined) yield bucket.document(bucket.end(undefined));
}

class Bucket {
  readonly #granularity: string | undefined;
  readonly #memory: BudgetPart;
  readonly #groups: Groups;
  readonly #run: Run;
  readonly #min: Value;
  #max: Value;
  #count = 0;

  /** `previousEnd`: where the bucket before ends; undefined for the first. */
  constructor({ granularity, outputs }: BucketAutoStage, run: Run, first: Value, previousEnd: Value | undefined) {
    this.#granularity = granularity;
    this.#memory = new BudgetPart(run.memory);
    this.#groups = new Groups('$bucketAuto', outputs, { ...run, memory: this.#memory });
    this.#run = run;
    this.#max = first;
    this.#min = granularity === undefined ? first : (previousEnd ?? double(previousPreferred(granularity, measured(first))));
  }

  takes({ key }: Row, isLast: boolean, size: number): boolean {
    if (isLast || this.#count < size) return true;
    if (this.#granularity === undefined) return compareValues(key, this.#max) === 0;
    return measured(key) < nextPreferred(this.#granularity, measured(this.#max));
  }

  add({ key, document }: Row): void {
    this.#max = key;
    this.#count++;
    this.#groups.add(null, scopeOf(this.#run, document));
  }

  /** Where it ends; `next` is the first value after it. */
  end(next: Value | undefined): Value {
    if (this.#granularity === undefined) return next ?? this.#max;
    const end = nextPreferred(this.#granularity, measured(this.#max));
    return double(end === 0 && next !== undefined ? previousPreferred(this.#granularity, measured(next)) : end);
  }

  document(end: Value): Document {
    const [made] = this.#groups.documents();
    this.#memory.giveAll();
    const id = new Map([
      ['min', this.#min],
      ['max', end],
    ]);
    return new Map<string, Value>([...made!].map(([name, value]) => [name, name === '_id' ? id : value]));
  }
}

/** Throws `invalid_pipeline` for what has no place among preferred numbers. */
function measured(key: Value): number {
  const number = asNumber(key);
  if (number !== undefined && number >= 0 && Number.isFinite(number)) return number;
  throw invalidPipeline(
    '$bucketAuto',
    'With a granularity every value of "groupBy" is a number that is not negative; put a $match before it.',
  );
}
