import { createRequire } from 'node:module';
import type { Similarity } from '@aerolithdb/protocol';
import type * as Usearch from 'usearch';

const load = createRequire(import.meta.url);

/** What the vectors of a graph have in common. */
export type GraphShape = { readonly dimensions: number; readonly similarity: Similarity };

/** Edges that a vector has in each layer but the lowest, which has twice as many. */
const CONNECTIVITY = 16;
/** Vectors that are looked at for the edges of a new one. */
const EXPANSION_ADD = 128;
/** Vectors that a search looks at least at, however few are asked for. */
const EXPANSION_SEARCH = 16;

/**
 * A hierarchical navigable small world (Malkov and Yashunin, arXiv:1603.09320) over vectors that are known by their slots. What it finds is near, not
 * surely the nearest, and its distances are those of shortened numbers: whoever asks compares the vectors themselves once more.
 */
export class VectorGraph {
  readonly #index: Usearch.Index;

  private constructor(index: Usearch.Index) {
    this.#index = index;
  }

  static empty(shape: GraphShape): VectorGraph {
    return new VectorGraph(newIndex(shape));
  }

  /** Reads a saved graph into memory, to add to it. The file must be whole: a damaged one may end the process. */
  static load(file: string, shape: GraphShape): VectorGraph {
    const index = newIndex(shape);
    index.load(file);
    return new VectorGraph(index);
  }

  /** Searches a saved graph where it stands: threads and processes share its pages. As `load`, the file must be whole. */
  static view(file: string, shape: GraphShape): VectorGraph {
    const index = newIndex(shape);
    index.view(file);
    return new VectorGraph(index);
  }

  get size(): number {
    return this.#index.size();
  }

  /** `vectors`: one after the other, as many as there are slots. */
  add(slots: BigUint64Array, vectors: Float32Array): void {
    this.#index.add(slots, vectors, 1);
  }

  /** Slots of the nearest `count` that the graph finds, the nearest first. */
  search(query: Float32Array, count: number): number[] {
    return Array.from(this.#index.search(query, count, 1).keys, Number);
  }

  save(file: string): void {
    this.#index.save(file);
  }
}

/**
 * Angles keep their order in 8 bits a number, and a graph of them is searched in half of the time; lengths do not, so the other
 * similarities have half-length floats with the range of whole ones.
 */
function newIndex({ dimensions, similarity }: GraphShape): Usearch.Index {
  const { Index, ScalarKind } = library();
  return new Index({
    dimensions,
    metric: METRICS[similarity] as Usearch.MetricKind,
    quantization: similarity === 'cosine' ? ScalarKind.I8 : ScalarKind.BF16,
    connectivity: CONNECTIVITY,
    expansion_add: EXPANSION_ADD,
    expansion_search: EXPANSION_SEARCH,
    multi: false,
  });
}

const METRICS: Readonly<Record<Similarity, `${Usearch.MetricKind}`>> = { cosine: 'cos', l2: 'l2sq', dot: 'ip' };

/** Loaded when it is first needed: it is native code, which most threads never use. */
function library(): typeof Usearch {
  return load('usearch') as typeof Usearch;
}

/** Whether there is native code for this machine. Without it all vectors are compared. */
export function hasGraphs(): boolean {
  try {
    return library().Index !== undefined;
  } catch (thrown) {
    if (thrown instanceof Error) return false;
    throw thrown;
  }
}
