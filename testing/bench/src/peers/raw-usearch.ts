import { DIMENSIONS } from '../data/vectors.ts';

type Matches = { readonly keys: BigUint64Array };
type UsearchIndex = {
  add(keys: BigUint64Array, vectors: Float32Array, threads: number): void;
  search(query: Float32Array, count: number, threads: number): Matches;
};
type Usearch = { readonly Index: new (options: Readonly<Record<string, unknown>>) => UsearchIndex };

/** A graph of usearch in this process with its own defaults, asked for vectors alone: no documents, no durability. */
export class RawUsearch {
  readonly #index: UsearchIndex;
  /** Candidates that a search asks for; the first of them are the answer. */
  candidates = 10;

  private constructor(index: UsearchIndex) {
    this.#index = index;
  }

  /** Undefined where the package is not installed. */
  static async open(): Promise<RawUsearch | undefined> {
    const name: string = 'usearch';
    const usearch = (await import(name).catch(() => undefined)) as Usearch | undefined;
    if (usearch === undefined) return undefined;
    const options = {
      dimensions: DIMENSIONS,
      metric: 'cos',
      quantization: 'f32',
      connectivity: 16,
      expansion_add: 128,
      expansion_search: 16,
      multi: false,
    };
    return new RawUsearch(new usearch.Index(options));
  }

  add(firstId: number, vectors: readonly Float32Array[]): void {
    const flat = new Float32Array(vectors.length * DIMENSIONS);
    for (const [i, vector] of vectors.entries()) flat.set(vector, i * DIMENSIONS);
    this.#index.add(
      BigUint64Array.from(vectors, (_, i) => BigInt(firstId + i)),
      flat,
      2,
    );
  }

  nearest(query: Float32Array, count: number): number[] {
    return Array.from(this.#index.search(query, this.candidates, 1).keys, Number).slice(0, count);
  }
}
