import { parseNamedFields } from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';
import { type IndexShape, indexEntries } from '../index-kinds/ordered/ordered-entries.ts';
import {
  type CollectionStatistics,
  type IndexStatistics,
  SAMPLE_DOCUMENTS,
  SAMPLE_KEY_BYTES,
  SAMPLE_KEYS,
} from './collection-statistics.ts';
import { estimateDistinct } from './estimate-distinct.ts';
import { sampleRows } from './sample-rows.ts';

type Counters = { readonly nextRid: number; readonly documents: number };

/** Samples the collection as `connection` sees it: at most `SAMPLE_DOCUMENTS` reads, whatever its size. */
export function takeStatistics(
  connection: Connection,
  table: number,
  shapes: readonly IndexShape[],
  { nextRid, documents }: Counters,
): CollectionStatistics {
  const fields = new Set(shapes.flatMap((shape) => shape.fields));
  const samples = shapes.map((shape) => new Sample(shape));
  let sampled = 0;
  for (const text of sampleRows(connection, table, { nextRid, documents }, SAMPLE_DOCUMENTS)) {
    const document = parseNamedFields(text, fields);
    for (const sample of samples) sample.add(indexEntries(sample.shape, document).keys);
    sampled++;
  }
  const indexes = Object.fromEntries(
    samples.map((sample) => [sample.shape.record.table, sample.statistics(documents / sampled)]),
  );
  return { nextRid, documents, sampled, indexes };
}

class Sample {
  readonly shape: IndexShape;
  readonly #keys: string[] = [];
  readonly #counts = new Map<string, number>();
  #entries = 0;

  constructor(shape: IndexShape) {
    this.shape = shape;
  }

  add(keys: readonly Uint8Array[]): void {
    const texts = keys.map((key) => Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('hex'));
    for (const text of texts) this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1);
    this.#entries += texts.length;
    const kept = texts.slice(0, SAMPLE_KEYS).map((text) => text.slice(0, 2 * SAMPLE_KEY_BYTES));
    this.#keys.push(kept.join(' '));
  }

  /** `scale`: documents of the collection for each one of the sample. */
  statistics(scale: number): IndexStatistics {
    const distinct = estimateDistinct([...this.#counts.values()], this.#entries * scale);
    return { entries: this.#entries, distinct, keys: this.#keys };
  }
}
