import type { Document, Value } from '@aerolithdb/protocol';
import type { Scope, Variables } from '../expression/expression.ts';
import type { Path } from '../filter.ts';
import type { MemoryBudget } from './memory-budget.ts';
import type { Spill } from './spill.ts';
import type { Stage } from './stage.ts';
import type { VectorSearchStage } from './stages/vector-search.ts';

/** What the stages of one run share, and what they need of the world. */
export type Run = {
  readonly sources: Sources;
  /** The collection that the pipeline was asked of. */
  readonly collection: string;
  readonly variables: Variables;
  /** Milliseconds since 1970, the same for the whole run: `$$NOW`. */
  readonly now: number;
  /** The next number of a sequence that the caller chose, from 0 up to but without 1. */
  readonly random: () => number;
  readonly memory: MemoryBudget;
  /** For what memory does not hold; without it the run is refused then. */
  readonly spill?: Spill;
  /** A search found the documents: they have metadata, which stages carry over to what they make of them. */
  readonly searched?: boolean;
};

/** Where documents come from. All that one run reads belongs to one committed state. */
export interface Sources {
  /** What a pipeline makes of a collection. Throws `unknown_collection`. */
  aggregate(stages: readonly Stage[], run: Run): Iterable<Document>;
  /** Begins a series of searches in `run.collection` by the values at a path. */
  prober(path: Path, run: Run): Prober;
  /**
   * The documents of `run.collection` whose vectors are nearest, with their scores as metadata, the nearest first.
   * Throws `unknown_index`, `invalid_vector`.
   */
  searchVectors(stage: VectorSearchStage, run: Run): Iterable<Document>;
  /** One document with the figures of `run.collection`. */
  collectionStats(run: Run): Document;
  /** One document an index of `run.collection`. */
  indexStats(run: Run): Iterable<Document>;
}

/** What a pipeline makes of the documents that have one of `values` at the path, as `$in` has it. */
export type Prober = (values: readonly Value[], stages: readonly Stage[], run: Run) => Iterable<Document>;

export function scopeOf(run: Run, root: Document): Scope {
  return { root, variables: run.variables, now: run.now };
}
