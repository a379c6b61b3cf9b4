import type { Document, Value } from '@aerolithdb/protocol';
import { sizeOf } from './memory-budget.ts';
import type { Run } from './run.ts';
import { SpilledDocuments } from './spill.ts';

export type Key = readonly Value[];

/** A run is no smaller than this part of the memory, so that there are not very many. */
const RUNS_OF_MEMORY = 16;

type Row = { readonly document: Document; readonly key: Key; readonly bytes: number };

export type Order = {
  /** For errors. */
  readonly stage: string;
  readonly keyOf: (document: Document) => Key;
  readonly compare: (a: Key, b: Key) => number;
};

/**
 * Documents in the order of a key; equal ones in the order they come. What memory does not hold goes into files as sorted runs, which are
 * merged while they are read (Knuth, The Art of Computer Programming, volume 3, 5.4). Without a place for files, throws `pipeline_too_large`.
 */
export class SortedDocuments {
  readonly #order: Order;
  readonly #run: Run;
  readonly #runs: SpilledDocuments[] = [];
  #rows: Row[] = [];
  #bytes = 0;
  #size = 0;

  constructor(order: Order, run: Run) {
    this.#order = order;
    this.#run = run;
  }

  /** Documents that were added. */
  get size(): number {
    return this.#size;
  }

  add(document: Document): void {
    const bytes = sizeOf(document);
    if (!this.#run.memory.fits(bytes) && this.#bytes >= this.#run.memory.limit / RUNS_OF_MEMORY) this.#writeRun();
    this.#run.memory.take(bytes, this.#order.stage);
    this.#rows.push({ document, key: this.#order.keyOf(document), bytes });
    this.#bytes += bytes;
    this.#size++;
  }

  /** All that were added. To be called once. */
  *sorted(): Generator<{ readonly document: Document; readonly key: Key }> {
    if (this.#runs.length === 0) yield* this.#inMemory();
    else {
      if (this.#rows.length > 0) this.#writeRun();
      yield* merged(this.#runs, this.#order);
    }
  }

  *#inMemory(): Generator<Row> {
    this.#sort();
    const rows = this.#rows;
    this.#rows = [];
    for (const row of rows) {
      this.#run.memory.give(row.bytes);
      yield row;
    }
  }

  /** A document of a search stays in memory: what the search knows of it is not in its text. */
  #writeRun(): void {
    const { spill, searched, memory } = this.#run;
    if (spill === undefined || searched === true) return;
    this.#sort();
    const run = new SpilledDocuments(spill);
    for (const { document } of this.#rows) run.append(document);
    this.#runs.push(run);
    this.#rows = [];
    memory.give(this.#bytes);
    this.#bytes = 0;
  }

  /** The sort of JavaScript keeps equal ones in their order. */
  #sort(): void {
    this.#rows.sort((a, b) => this.#order.compare(a.key, b.key));
  }
}

type Head = { readonly rest: Iterator<Document>; document: Document; key: Key };

/** Of equal documents those of the earlier run come first. Holds one document of each run. */
function* merged(runs: readonly SpilledDocuments[], { keyOf, compare }: Order): Generator<{ document: Document; key: Key }> {
  let heads = runs.flatMap((run): Head[] => {
    const rest = run.read();
    const { done, value } = rest.next();
    return done === true ? [] : [{ rest, document: value, key: keyOf(value) }];
  });
  while (heads.length > 0) {
    const least = heads.reduce((best, head) => (compare(head.key, best.key) < 0 ? head : best));
    yield { document: least.document, key: least.key };
    const { done, value } = least.rest.next();
    if (done === true) heads = heads.filter((head) => head !== least);
    else {
      least.document = value;
      least.key = keyOf(value);
    }
  }
}
