import { compareValues, type Document, type Value } from '@aerolithdb/protocol';
import type { Expression, Scope } from '../../expression/expression.ts';
import { compareSortKeys, type Sort, sortKey } from '../../sort.ts';
import { sizeOf } from '../memory-budget.ts';
import { type Run, scopeOf } from '../run.ts';
import { type Key, type Order, SortedDocuments } from '../sorted-documents.ts';

const STAGE = '$setWindowFields';

/** Documents of one partition, in the order of the sort. */
export type Partition = {
  readonly scopes: readonly Scope[];
  /** What each is sorted by; empty without a sort. */
  readonly keys: readonly (readonly Value[])[];
};

/** Partitions in the order of what they have in common, each in the order of the sort; equal ones in the order they come. */
export function* partitionsOf(
  documents: Iterable<Document>,
  partitionBy: Expression | undefined,
  sort: Sort,
  run: Run,
): Generator<Partition> {
  const idOf = (document: Document) => partitionBy?.evaluate(scopeOf(run, document)) ?? null;
  const order: Order = {
    stage: STAGE,
    keyOf: (document) => [idOf(document), ...sortKey(sort, document)],
    compare: ([a, ...as], [b, ...bs]) => compareValues(a!, b!) || compareSortKeys(sort, as, bs),
  };
  const all = new SortedDocuments(order, run);
  for (const document of documents) all.add(document);
  yield* split(all, run);
}

function* split(all: SortedDocuments, run: Run): Generator<Partition> {
  let rows: { readonly document: Document; readonly key: Key }[] = [];
  let bytes = 0;
  const partition = (): Partition => ({
    scopes: rows.map(({ document }) => scopeOf(run, document)),
    keys: rows.map(({ key }) => key.slice(1)),
  });
  for (const row of all.sorted()) {
    if (rows.length > 0 && compareValues(rows[0]!.key[0]!, row.key[0]!) !== 0) {
      yield partition();
      run.memory.give(bytes);
      rows = [];
      bytes = 0;
    }
    const size = sizeOf(row.document);
    run.memory.take(size, STAGE);
    bytes += size;
    rows.push(row);
  }
  if (rows.length > 0) yield partition();
  run.memory.give(bytes);
}
