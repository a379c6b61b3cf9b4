import { Nearest, type Scorer, scorerOf } from '@aerolithdb/query';
import type { GraphShape, VectorGraph } from './vector-graph.ts';

/** Numbers of candidates that are tried; the last is taken where none of them is enough. */
const STEPS = [24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096] as const;
/** Share of the nearest that must be found. It is above the 0.95 that is promised, for the samples stand for other queries. */
const RECALL = 0.98;
const NEAREST = 10;

type Sample = { readonly query: Float32Array; readonly score: Scorer; readonly nearest: Nearest<number> };

/** Vectors of the index taken as queries, with what is truly nearest to each. */
export class Calibration {
  readonly #samples: readonly Sample[];

  constructor({ similarity }: GraphShape, queries: readonly Float32Array[]) {
    this.#samples = queries.map((query) => ({
      query,
      score: scorerOf(similarity, query),
      nearest: new Nearest<number>(NEAREST),
    }));
  }

  /** Is told of every vector that the graph holds. */
  see(slot: number, vector: Float32Array): void {
    for (const { score, nearest } of this.#samples) nearest.add(slot, score(vector), slot);
  }

  /** The fewest candidates with which the graph finds nearly all of the nearest. */
  candidates(graph: VectorGraph): number {
    return STEPS.find((step) => this.#recall(graph, step) >= RECALL) ?? STEPS.at(-1)!;
  }

  /** Of the candidates the first are compared anew, twice as many as are wanted: those count as found. */
  #recall(graph: VectorGraph, candidates: number): number {
    let found = 0;
    let all = 0;
    for (const { query, nearest } of this.#samples) {
      const slots = new Set(graph.search(query, candidates).slice(0, 2 * NEAREST));
      const truth = nearest.sorted();
      found += truth.filter(({ item }) => slots.has(item)).length;
      all += truth.length;
    }
    return all === 0 ? 1 : found / all;
  }
}
