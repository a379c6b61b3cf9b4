import { compareBytes } from '@aerolithdb/protocol';
import type { KeyInterval } from '../plan/key-interval.ts';
import type { IndexStatistics } from './collection-statistics.ts';

/** The sampled entries of an index in key order, to be counted by intervals. */
export class IndexSample {
  readonly distinct: number;
  readonly #keys: readonly Uint8Array[];
  /** For each key the document that has it. */
  readonly #documents: readonly number[];
  /** Entries that one kept key stands for: more than one where documents have more keys than are kept. */
  readonly #weight: number;

  constructor({ keys, entries, distinct }: IndexStatistics) {
    const all = keys.flatMap((texts, document) =>
      texts === '' ? [] : texts.split(' ').map((text) => ({ key: Buffer.from(text, 'hex'), document })),
    );
    all.sort((a, b) => compareBytes(a.key, b.key));
    this.#keys = all.map(({ key }) => key);
    this.#documents = all.map(({ document }) => document);
    this.#weight = all.length === 0 ? 1 : entries / all.length;
    this.distinct = distinct;
  }

  /** All sampled entries. */
  get all(): number {
    return this.#weight * this.#keys.length;
  }

  /** Sampled entries in the intervals. */
  entries(intervals: readonly KeyInterval[]): number {
    return this.#weight * intervals.reduce((sum, { low, high }) => sum + this.#place(high) - this.#place(low), 0);
  }

  /** The sampled documents with an entry in one of the intervals. */
  documents(intervals: readonly KeyInterval[]): Set<number> {
    const found = new Set<number>();
    for (const { low, high } of intervals)
      for (let at = this.#place(low), end = this.#place(high); at < end; at++) found.add(this.#documents[at]!);
    return found;
  }

  /** How many keys are below `key`. */
  #place(key: Uint8Array): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareBytes(this.#keys[middle]!, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
