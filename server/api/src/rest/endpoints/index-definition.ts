import {
  AerolithError,
  type Document,
  type IndexSpec,
  indexKeyOf,
  indexNameOf,
  SIMILARITIES,
  toStored,
} from '@aerolithdb/protocol';
import type { Parsed } from '../field.ts';

/** The fields that define an index. */
export const INDEX_DEFINITION = {
  keys: {
    kind: 'document',
    required: true,
    summary: 'Dotted paths with 1 or -1 in order, or with `text`, `2dsphere`, `bitmap` or `vector`.',
    example: { country: 1, population: -1 },
  },
  name: { kind: 'string', summary: 'Its name; made of the keys when absent, such as `country_1_population_-1`.' },
  unique: { kind: 'boolean', summary: 'No two documents may have the same values.' },
  sparse: { kind: 'boolean', summary: 'Documents without any of the paths are left out.' },
  partialFilterExpression: { kind: 'document', summary: 'Only documents that this filter selects are in it.' },
  expireAfterSeconds: {
    kind: 'integer',
    min: 0,
    max: 2147483647,
    summary: 'Documents are deleted this many seconds after the date that the path holds.',
  },
  hidden: { kind: 'boolean', summary: 'Kept, but used by no query.' },
  wildcardProjection: { kind: 'document', summary: 'Of a wildcard index: the paths that are in it, or those that are not.' },
  weights: { kind: 'document', summary: 'Of a text index: how much each path counts.' },
  defaultLanguage: { kind: 'string', summary: 'Of a text index: the language of documents that name none.' },
  languageOverride: { kind: 'string', summary: 'Of a text index: the field that names the language of a document.' },
  dimensions: { kind: 'integer', min: 1, summary: 'Of a vector index: the numbers of a vector.' },
  similarity: { kind: 'string', values: SIMILARITIES, summary: 'Of a vector index: how near two vectors are.' },
} as const;

/** Throws `invalid_index`. */
export function indexSpecOfBody({
  keys,
  name,
  partialFilterExpression,
  wildcardProjection,
  weights,
  similarity,
  ...plain
}: Parsed<typeof INDEX_DEFINITION>): IndexSpec {
  if (keys.size === 0) throw new AerolithError('invalid_index', 'An index needs at least one key, such as {"name": 1}.');
  const pairs = [...keys].map(([path, value]) => [path, indexKeyOf(path, value)] as const);
  const near = SIMILARITIES.find((known) => known === similarity);
  return {
    name: name ?? indexNameOf(pairs),
    keys: pairs,
    ...plain,
    ...(partialFilterExpression !== undefined && { partialFilterExpression: toStored(partialFilterExpression) }),
    ...(wildcardProjection !== undefined && { wildcardProjection: toStored(wildcardProjection) }),
    ...(weights !== undefined && { weights: weightsOf(weights) }),
    ...(near !== undefined && { similarity: near }),
  };
}

function weightsOf(weights: Document): Record<string, number> {
  return Object.fromEntries([...weights].map(([path, weight]) => [path, weightOf(path, weight)]));
}

function weightOf(path: string, weight: unknown): number {
  if (typeof weight === 'number' && Number.isInteger(weight) && weight > 0) return weight;
  throw new AerolithError('invalid_index', `The weight of "${path}" must be a whole number from 1 on.`, { path });
}
