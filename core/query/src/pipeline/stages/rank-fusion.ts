import { compareBytes, type Document, double, encodeKey, integer, isDocument, type Value } from '@aerolithdb/protocol';
import { metadataOf, withMetadata } from '../../metadata.ts';
import { asNumber } from '../../numeric.ts';
import { hasText } from '../../text/text-places.ts';
import { innerPipeline } from '../inner-pipeline.ts';
import { sizeOf } from '../memory-budget.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import type { Run } from '../run.ts';
import type { Stage } from '../stage.ts';
import { documentOf, fieldNameOf, optionsOf } from '../stage-arguments.ts';
import { stageName } from '../stage-name.ts';
import { valueKey } from '../value-key.ts';

/**
 * `$rankFusion`: several rankings of the documents of one collection, joined into one by reciprocal rank fusion (Cormack, Clarke and
 * Büttcher, SIGIR 2009): a document scores weight / (60 + rank) for each ranking that it is in.
 */
export type RankFusionStage = {
  readonly kind: 'rankFusion';
  readonly rankings: readonly Ranking[];
  readonly scoreDetails: boolean;
};

type Ranking = { readonly name: string; readonly weight: number; readonly stages: readonly Stage[] };

const NAME = '$rankFusion';
/** The constant of the method: how much less a rank counts than the one before it. */
const RANK_CONSTANT = 60;

/** Stages that choose documents and order them, and leave them as they are. */
const SELECTING: ReadonlySet<string> = new Set(['match', 'sort', 'skip', 'limit', 'sample', 'vectorSearch', 'geoNear']);
/** Stages that give an order. */
const RANKING: ReadonlySet<string> = new Set(['sort', 'vectorSearch', 'geoNear']);

export function parseRankFusion(value: Value, reading: Reading): RankFusionStage {
  const options = optionsOf(NAME, value, ['input', 'combination', 'scoreDetails'], ['input']);
  const input = optionsOf(NAME, options.get('input')!, ['pipelines'], ['pipelines']);
  const pipelines = documentOf(NAME, input.get('pipelines'), 'an object of pipelines as "input.pipelines"');
  if (pipelines.size === 0) throw invalidPipeline(NAME, `${NAME} names no pipeline; name at least one.`);
  const weights = weightsOf(options.get('combination'), pipelines);
  const rankings = [...pipelines].map(([name, pipeline]) => ({
    name: fieldNameOf(NAME, name),
    weight: weights.get(name) ?? 1,
    stages: rankingStages(name, pipeline, reading),
  }));
  return { kind: 'rankFusion', rankings, scoreDetails: options.get('scoreDetails') === true };
}

/** Best first; equal scores in the order of their ids. */
export function* runRankFusion({ rankings, scoreDetails }: RankFusionStage, run: Run): Generator<Document> {
  const found = new Map<string, Fused>();
  for (const [at, { stages }] of rankings.entries()) {
    let rank = 0;
    for (const document of run.sources.aggregate(stages, run)) {
      const fused = fusedOf(found, document, run);
      fused.ranks[at] = ++rank;
      fused.metadata[at] = metadataOf(document)?.score ?? scoreOf(document);
    }
  }
  const scored = [...found.values()].map((fused) => ({ ...fused, score: fusedScore(fused, rankings) }));
  scored.sort((a, b) => b.score - a.score || compareBytes(a.key, b.key));
  for (const fused of scored) {
    const details = scoreDetails ? { scoreDetails: detailsOf(fused, rankings) } : {};
    yield withMetadata(fused.document, { ...metadataOf(fused.document), score: double(fused.score), ...details });
  }
}

type Fused = {
  readonly document: Document;
  readonly key: Uint8Array;
  /** By the place of the ranking: the rank from 1 on, and the score that the ranking itself gives, where it gives one. */
  readonly ranks: (number | undefined)[];
  readonly metadata: (Value | undefined)[];
};

function fusedOf(found: Map<string, Fused>, document: Document, run: Run): Fused {
  const id = document.get('_id') ?? null;
  const text = valueKey(id);
  const known = found.get(text);
  if (known !== undefined) return known;
  run.memory.take(sizeOf(document), NAME);
  const fused: Fused = { document, key: encodeKey(id), ranks: [], metadata: [] };
  found.set(text, fused);
  return fused;
}

function fusedScore({ ranks }: Fused, rankings: readonly Ranking[]): number {
  return rankings.reduce((sum, { weight }, at) => {
    const rank = ranks[at];
    return rank === undefined ? sum : sum + weight / (RANK_CONSTANT + rank);
  }, 0);
}

function detailsOf(fused: Fused & { readonly score: number }, rankings: readonly Ranking[]): Document {
  const details = rankings.map(({ name, weight }, at) => {
    const rank = fused.ranks[at];
    const head: [string, Value][] = [
      ['inputPipelineName', name],
      ['rank', rank === undefined ? 'NA' : integer(rank)],
      ['weight', double(weight)],
    ];
    const value = fused.metadata[at];
    return new Map<string, Value>(value === undefined ? head : [...head, ['value', value]]);
  });
  return new Map<string, Value>([
    ['value', double(fused.score)],
    ['description', `sum of weight / (${RANK_CONSTANT} + rank) over the pipelines that the document is in`],
    ['details', details],
  ]);
}

/** What the search of a ranking says of a document. */
function scoreOf(document: Document): Value | undefined {
  const metadata = metadataOf(document);
  return metadata?.vectorSearchScore ?? metadata?.searchScore ?? metadata?.textScore;
}

function weightsOf(combination: Value | undefined, pipelines: Document): ReadonlyMap<string, number> {
  if (combination === undefined) return new Map();
  const given = optionsOf(NAME, combination, ['weights']).get('weights');
  if (given === undefined) return new Map();
  const weights = documentOf(NAME, given, 'an object of numbers as "combination.weights"');
  return new Map(
    [...weights].map(([name, value]) => {
      const weight = asNumber(value);
      if (!pipelines.has(name))
        throw invalidPipeline(NAME, `${NAME} weighs "${name}", which is none of its pipelines.`, { name });
      if (weight === undefined || !(weight >= 0 && weight < Number.POSITIVE_INFINITY))
        throw invalidPipeline(NAME, `The weight of "${name}" in ${NAME} is a number from 0 on.`, { name });
      return [name, weight];
    }),
  );
}

function rankingStages(name: string, pipeline: Value, reading: Reading): readonly Stage[] {
  if (isDocument(pipeline) || !Array.isArray(pipeline) || pipeline.length === 0)
    throw invalidPipeline(NAME, `"${name}" in ${NAME} is a pipeline of at least one stage.`, { name });
  const stages = innerPipeline(NAME, pipeline, reading);
  const wrong = stages.find((stage) => !SELECTING.has(stage.kind));
  if (wrong !== undefined)
    throw invalidPipeline(
      NAME,
      `${stageName(wrong)} cannot stand in "${name}": a pipeline of ${NAME} chooses and orders documents.`,
      {
        name,
      },
    );
  if (stages.some(ranks)) return stages;
  const message = `"${name}" in ${NAME} gives no order: begin it with a search or add a $sort.`;
  throw invalidPipeline(NAME, message, { name });
}

/** A search for words is a filter, and gives an order by its score. */
function ranks(stage: Stage): boolean {
  return RANKING.has(stage.kind) || (stage.kind === 'match' && hasText(stage.filter));
}
