import { AerolithError, type Value } from '@aerolithdb/protocol';
import { compareSortKeys, type Sort } from '@aerolithdb/query';
import { READ_LIMITS } from './read-limits.ts';

/** `units`: length of the texts its key was made of. */
export type SortRow<T> = { readonly item: T; readonly key: readonly Value[]; readonly ordinal: number; readonly units: number };

/**
 * Keeps the first `count` rows of a sort out of any number that are added; equal ones in the order they come. Holds at most twice
 * as many. Throws `sort_too_large` past `READ_LIMITS.sortRows` or `READ_LIMITS.sortBytes`.
 */
export class TopRows<T> {
  readonly #sort: Sort;
  readonly #count: number;
  #rows: SortRow<T>[] = [];
  #worst: SortRow<T> | undefined;
  #units = 0;
  #added = 0;

  constructor(sort: Sort, count: number) {
    this.#sort = sort;
    this.#count = count;
  }

  add(item: T, key: readonly Value[], units: number): void {
    const row: SortRow<T> = { item, key, ordinal: this.#added++, units };
    if (this.#worst !== undefined && this.#compare(row, this.#worst) >= 0) return;
    this.#rows.push(row);
    this.#units += units;
    if (this.#rows.length >= 2 * this.#count) this.#cut();
    if (this.#rows.length > READ_LIMITS.sortRows || this.#units > READ_LIMITS.sortBytes) throw sortTooLarge();
  }

  /** Rows that were added, kept or not. */
  get added(): number {
    return this.#added;
  }

  sorted(): T[] {
    this.#cut();
    return this.#rows.map((row) => row.item);
  }

  #cut(): void {
    this.#rows.sort((a, b) => this.#compare(a, b));
    if (this.#rows.length > this.#count) this.#rows.length = this.#count;
    this.#units = this.#rows.reduce((sum, row) => sum + row.units, 0);
    if (this.#rows.length === this.#count) this.#worst = this.#rows.at(-1);
  }

  #compare(a: SortRow<T>, b: SortRow<T>): number {
    return compareSortKeys(this.#sort, a.key, b.key) || a.ordinal - b.ordinal;
  }
}

function sortTooLarge(): AerolithError {
  return new AerolithError(
    'sort_too_large',
    'This sort would hold more than the limit in memory. Add an index on the fields of the sort, or ask for fewer documents.',
    { rows: READ_LIMITS.sortRows, bytes: READ_LIMITS.sortBytes },
  );
}
