import { type Document, double, isDocument, type Value } from '@aerolithdb/protocol';
import { expressionsIn } from '../../bind-filter.ts';
import { EVERYTHING, type Filter, type Path } from '../../filter.ts';
import { matches } from '../../matches.ts';
import { withMetadata } from '../../metadata.ts';
import { parseFilter } from '../../parse-filter.ts';
import { Nearest } from '../../vector/nearest.ts';
import { readVector, type VectorShape, vectorOf } from '../../vector/read-vector.ts';
import { scorerOf } from '../../vector/similarity.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import { PIPELINE_LIMITS } from '../pipeline-limits.ts';
import { fieldPathOf, optionsOf, stringOf, wholeNumberOf } from '../stage-arguments.ts';

/**
 * `$vectorSearch`: the documents whose vectors are nearest to one, the nearest first. It needs a vector index, whose shape the
 * query vector is read by.
 */
export type VectorSearchStage = {
  readonly kind: 'vectorSearch';
  /** Name of the index; undefined: the only one on the path. */
  readonly index: string | undefined;
  readonly path: Path;
  readonly queryVector: Value;
  readonly filter: Filter;
  readonly limit: number;
  /** Vectors that the graph looks at; undefined: as many as the index has found to be enough. */
  readonly candidates: number | undefined;
  /** All vectors are compared. */
  readonly exact: boolean;
  /** Whether the stages after it look at the field of the vector, or let it out. */
  readonly isVectorNeeded: boolean;
};

const NAME = '$vectorSearch';
const OPTIONS = ['index', 'path', 'queryVector', 'limit', 'numCandidates', 'filter', 'exact'];

export function parseVectorSearch(value: Value): VectorSearchStage {
  const options = optionsOf(NAME, value, OPTIONS, ['path', 'queryVector', 'limit']);
  const index = options.get('index');
  const limit = boundedOf(options.get('limit'), 1, 'limit');
  const candidates = options.get('numCandidates');
  return {
    kind: 'vectorSearch',
    index: index === undefined ? undefined : stringOf(NAME, index, 'index'),
    path: fieldPathOf(NAME, options.get('path'), 'path'),
    queryVector: options.get('queryVector') ?? null,
    filter: filterOf(options.get('filter')),
    limit,
    candidates: candidates === undefined ? undefined : boundedOf(candidates, limit, 'numCandidates'),
    exact: exactOf(options.get('exact')),
    isVectorNeeded: true,
  };
}

/**
 * What the stage gives of `documents`, by comparing every vector: what it means, without an index. Equal scores come in the order of
 * the input. Throws `invalid_vector`.
 */
export function searchVectors(documents: Iterable<Document>, stage: VectorSearchStage, shape: VectorShape): Document[] {
  const query = readVector(stage.queryVector, shape, 'The query vector');
  const score = scorerOf(shape.similarity, query);
  const nearest = new Nearest<Document>(stage.limit);
  let order = 0;
  for (const document of documents) {
    if (!matches(stage.filter, document)) continue;
    const vector = vectorOf(document, shape);
    if (vector === undefined) continue;
    nearest.add(document, score(vector), order++);
  }
  return nearest.sorted().map(({ item, score: found }) => withMetadata(new Map(item), { vectorSearchScore: double(found) }));
}

function boundedOf(value: Value | undefined, least: number, name: string): number {
  const number = wholeNumberOf(NAME, value, least, `"${name}"`);
  const most = PIPELINE_LIMITS.vectorCandidates;
  if (number <= most) return number;
  throw invalidPipeline(NAME, `"${name}" of ${NAME} is at most ${most}.`, { field: name, limit: most });
}

function filterOf(value: Value | undefined): Filter {
  if (value === undefined) return EVERYTHING;
  if (!isDocument(value)) throw invalidPipeline(NAME, `${NAME} takes a filter as "filter".`, { field: 'filter' });
  const filter = parseFilter(value);
  if (expressionsIn(filter) === 0) return filter;
  throw invalidPipeline(NAME, `The filter of ${NAME} takes no $expr; put a $match behind the stage.`, { field: 'filter' });
}

function exactOf(value: Value | undefined): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  throw invalidPipeline(NAME, `${NAME} takes true or false as "exact".`, { field: 'exact' });
}
