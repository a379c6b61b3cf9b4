import { type Document, integer, unknownCollection } from '@aerolithdb/protocol';
import type { Path } from '../filter.ts';
import { ForeignTable } from './foreign-table.ts';
import { MemoryBudget } from './memory-budget.ts';
import type { Prober, Run, Sources } from './run.ts';
import { runStages } from './run-stages.ts';
import { seededRandom } from './seeded-random.ts';
import type { Stage } from './stage.ts';
import { searchVectors, type VectorSearchStage } from './stages/vector-search.ts';

/** For tests: collections as lists of documents. */
export class MemorySources implements Sources {
  readonly #collections: ReadonlyMap<string, readonly Document[]>;

  constructor(collections: ReadonlyMap<string, readonly Document[]>) {
    this.#collections = collections;
  }

  aggregate(stages: readonly Stage[], run: Run): Iterable<Document> {
    return runStages(stages, this.#documents(run.collection), run);
  }

  prober(path: Path, run: Run): Prober {
    const table = new ForeignTable(path, this.#documents(run.collection), run);
    return (values, stages, inner) => runStages(stages, table.matching(values), inner);
  }

  /** By the cosine; the query vector says how many dimensions there are. */
  searchVectors(stage: VectorSearchStage, run: Run): Iterable<Document> {
    const dimensions = Array.isArray(stage.queryVector) ? stage.queryVector.length : 0;
    const shape = { path: stage.path, dimensions, similarity: 'cosine' } as const;
    return searchVectors(this.#documents(run.collection), stage, shape);
  }

  collectionStats(run: Run): Document {
    return new Map([['count', integer(this.#documents(run.collection).length)]]);
  }

  indexStats(): Iterable<Document> {
    return [];
  }

  #documents(name: string): readonly Document[] {
    const documents = this.#collections.get(name);
    if (documents === undefined) throw unknownCollection(name, this.#collections.keys());
    return documents;
  }
}

/** For tests: what the stages make of `c`, at the time 1000, with the chance of seed 1. */
export function runInMemory(
  stages: readonly Stage[],
  collections: ReadonlyMap<string, readonly Document[]>,
  memory: MemoryBudget = new MemoryBudget(),
): Document[] {
  const sources = new MemorySources(collections);
  const shared = { sources, variables: new Map(), now: 1000, random: seededRandom(1), memory };
  return [...sources.aggregate(stages, { ...shared, collection: 'c' })];
}
