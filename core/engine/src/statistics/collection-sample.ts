import type { CollectionStatistics } from './collection-statistics.ts';
import { IndexSample } from './index-sample.ts';

/** Statistics as they are asked. Read out of their text when they are first needed. */
export class CollectionSample {
  readonly #text: string;
  #statistics: CollectionStatistics | undefined;
  readonly #indexes = new Map<number, IndexSample>();

  /** `text`: as the catalogue keeps them. */
  constructor(text: string) {
    this.#text = text;
  }

  get statistics(): CollectionStatistics {
    this.#statistics ??= JSON.parse(this.#text) as CollectionStatistics;
    return this.#statistics;
  }

  /** Documents of the sample. */
  get size(): number {
    return this.statistics.sampled;
  }

  /** Undefined: the index is newer than the statistics, or is of a kind that has none. */
  index(table: number): IndexSample | undefined {
    const known = this.#indexes.get(table);
    const kept = this.statistics.indexes[table];
    if (known !== undefined || kept === undefined) return known;
    const sample = new IndexSample(kept);
    this.#indexes.set(table, sample);
    return sample;
  }
}
