import type { Document, Value } from '@aerolithdb/protocol';
import { compareSortKeys, parseSort, type Sort, sortKey } from '../../sort.ts';
import { type MemoryBudget, sizeOf } from '../memory-budget.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Run } from '../run.ts';
import { SortedDocuments } from '../sorted-documents.ts';
import { documentOf } from '../stage-arguments.ts';

/** `$sort`. `count`: how many of the first ones the stages after it ask for; absent when they ask for all. */
export type SortStage = { readonly kind: 'sort'; readonly sort: Sort; readonly count?: number };

export function parseSortStage(value: Value): SortStage {
  const sort = parseSort(documentOf('$sort', value, 'an object of fields with 1 or -1'));
  if (sort.length === 0) throw invalidPipeline('$sort', '$sort names no field; name at least one with 1 or -1.');
  return { kind: 'sort', sort };
}

/** Equal ones stay in the order they come. With a `count`, holds at most twice as many documents. */
export function* runSort({ sort, count }: SortStage, input: Iterable<Document>, run: Run): Generator<Document> {
  if (count !== undefined && count <= COUNTED) {
    const held = new FirstOnes(sort, count, run.memory);
    for (const document of input) held.add(document);
    yield* held.sorted();
    return;
  }
  const keyOf = (document: Document) => sortKey(sort, document);
  const all = new SortedDocuments({ stage: '$sort', keyOf, compare: (a, b) => compareSortKeys(sort, a, b) }, run);
  for (const document of input) all.add(document);
  for (const { document } of all.sorted()) yield document;
}

/** So many first documents are kept in memory; more are sorted with all others. */
const COUNTED = 10_000;

type Row = { readonly document: Document; readonly key: readonly Value[]; readonly ordinal: number; readonly bytes: number };

class FirstOnes {
  readonly #sort: Sort;
  readonly #count: number;
  readonly #memory: MemoryBudget;
  #rows: Row[] = [];
  #worst: Row | undefined;
  #added = 0;

  constructor(sort: Sort, count: number, memory: MemoryBudget) {
    this.#sort = sort;
    this.#count = count;
    this.#memory = memory;
  }

  add(document: Document): void {
    const key = sortKey(this.#sort, document);
    const row = { document, key, ordinal: this.#added++, bytes: sizeOf(document) };
    if (this.#worst !== undefined && this.#compare(row, this.#worst) >= 0) return;
    this.#memory.take(row.bytes, '$sort');
    this.#rows.push(row);
    if (this.#rows.length >= 2 * this.#count) this.#cut();
  }

  *sorted(): Generator<Document> {
    this.#cut();
    const rows = this.#rows;
    this.#rows = [];
    for (const { document, bytes } of rows) {
      this.#memory.give(bytes);
      yield document;
    }
  }

  #cut(): void {
    this.#rows.sort((a, b) => this.#compare(a, b));
    for (const { bytes } of this.#rows.splice(this.#count)) this.#memory.give(bytes);
    if (this.#rows.length === this.#count) this.#worst = this.#rows.at(-1);
  }

  #compare(a: Row, b: Row): number {
    return compareSortKeys(this.#sort, a.key, b.key) || a.ordinal - b.ordinal;
  }
}
