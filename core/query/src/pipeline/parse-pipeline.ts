import {
  AerolithError,
  type Document,
  isDocument,
  NotImplemented,
  parseValue,
  type StoredText,
  suggestNearest,
  type Value,
} from '@aerolithdb/protocol';
import { hasText } from '../text/text-places.ts';
import { coalesce } from './coalesce.ts';
import { leavesOut } from './leaves-out.ts';
import { invalidPipeline } from './pipeline-error.ts';
import { PIPELINE_LIMITS } from './pipeline-limits.ts';
import { OUTERMOST, type Reading } from './reading.ts';
import type { Stage } from './stage.ts';
import { stageName } from './stage-name.ts';
import { parseBucket } from './stages/bucket.ts';
import { parseBucketAuto } from './stages/bucket-auto.ts';
import { parseCount } from './stages/count.ts';
import { parseDensify } from './stages/densify.ts';
import { parseFacet } from './stages/facet.ts';
import { parseFill } from './stages/fill.ts';
import { parseGeoNear } from './stages/geo-near.ts';
import { parseGraphLookup } from './stages/graph-lookup.ts';
import { parseGroup } from './stages/group.ts';
import { parseLookup } from './stages/lookup.ts';
import { parseMatch } from './stages/match.ts';
import { parseProject, parseUnset } from './stages/project.ts';
import { parseRankFusion } from './stages/rank-fusion.ts';
import { parseRedact } from './stages/redact.ts';
import { parseReplaceRoot, parseReplaceWith } from './stages/replace-root.ts';
import { parseSample } from './stages/sample.ts';
import { parseSearchMeta, parseSearchStage } from './stages/search.ts';
import { parseSet } from './stages/set.ts';
import { parseSetWindowFields } from './stages/set-window-fields.ts';
import { parseLimit, parseSkip } from './stages/skip-limit.ts';
import { parseSortStage } from './stages/sort.ts';
import { parseSortByCount } from './stages/sort-by-count.ts';
import { parseCollStats, parseDocuments, parseIndexStats, SOURCE_KINDS } from './stages/sources.ts';
import { parseUnionWith } from './stages/union-with.ts';
import { parseUnwind } from './stages/unwind.ts';
import { parseVectorSearch } from './stages/vector-search.ts';

/** Reads the argument of a stage; some stages are short for several. */
type StageParser = (value: Value, reading: Reading) => Stage | readonly Stage[];

const PARSERS: ReadonlyMap<string, StageParser> = new Map<string, StageParser>([
  ['$match', parseMatch],
  ['$project', parseProject],
  ['$set', (value, reading) => parseSet(value, reading)],
  ['$addFields', (value, reading) => parseSet(value, reading, '$addFields')],
  ['$unset', parseUnset],
  ['$replaceRoot', parseReplaceRoot],
  ['$replaceWith', parseReplaceWith],
  ['$group', parseGroup],
  ['$sort', parseSortStage],
  ['$limit', parseLimit],
  ['$skip', parseSkip],
  ['$count', parseCount],
  ['$unwind', parseUnwind],
  ['$lookup', parseLookup],
  ['$graphLookup', parseGraphLookup],
  ['$unionWith', parseUnionWith],
  ['$facet', parseFacet],
  ['$bucket', parseBucket],
  ['$bucketAuto', parseBucketAuto],
  ['$sortByCount', parseSortByCount],
  ['$sample', parseSample],
  ['$redact', parseRedact],
  ['$search', parseSearchStage],
  ['$searchMeta', parseSearchMeta],
  ['$setWindowFields', parseSetWindowFields],
  ['$fill', parseFill],
  ['$densify', parseDensify],
  ['$documents', parseDocuments],
  ['$collStats', parseCollStats],
  ['$indexStats', parseIndexStats],
  ['$geoNear', parseGeoNear],
  ['$vectorSearch', parseVectorSearch],
  ['$rankFusion', parseRankFusion],
]);

/** Stages of MongoDB that are not here yet. */
const LATER_STAGES: ReadonlySet<string> = new Set(['$changeStream', '$changeStreamSplitLargeEvent', '$merge', '$out']);

/** The names of all stages. */
export const STAGE_NAMES: readonly string[] = [...PARSERS.keys()];

/**
 * Reads a pipeline. Throws `invalid_pipeline`, `unknown_operator` (details: operator, nearest), `not_implemented` for stages of
 * MongoDB that are not here yet, and what the parsers of filter, sort and expressions throw.
 *
 * @example
 * parsePipeline([parseDocument('{"$match":{"country":"NO"}}'), parseDocument('{"$count":"cities"}')]);
 */
export function parsePipeline(pipeline: readonly Value[], reading: Reading = OUTERMOST): readonly Stage[] {
  if (pipeline.length > PIPELINE_LIMITS.stages)
    throw invalidPipeline(
      'pipeline',
      `A pipeline has at most ${PIPELINE_LIMITS.stages} stages; this one has ${pipeline.length}.`,
    );
  if (reading.level > PIPELINE_LIMITS.nesting)
    throw invalidPipeline('pipeline', `Pipelines stand inside one another more than ${PIPELINE_LIMITS.nesting} levels deep.`);
  const stages = withoutUnneeded(coalesce(pipeline.flatMap((stage) => parseStage(stage, reading))));
  const late = stages.find((stage, i) => i > 0 && SOURCE_KINDS.has(stage.kind));
  assertTextFirst(stages);
  if (late === undefined) return stages;
  throw invalidPipeline(stageName(late), `${stageName(late)} brings its own documents; it is the first stage of a pipeline.`);
}

/** A search is asked of a collection, so it can only come first. */
function assertTextFirst(stages: readonly Stage[]): void {
  const late = stages.find((stage, i) => i > 0 && stage.kind === 'match' && hasText(stage.filter));
  if (late === undefined) return;
  const name = stageName(late);
  throw invalidPipeline(name, `${name === '$match' ? 'A $match with $text' : name} is the first stage of a pipeline.`);
}

/** Documents are found by their vectors, which the stages after that seldom look at. */
function withoutUnneeded(stages: readonly Stage[]): readonly Stage[] {
  const [search, ...rest] = stages;
  if (search?.kind !== 'vectorSearch') return stages;
  return [{ ...search, isVectorNeeded: !leavesOut(rest, search.path[0]!) }, ...rest];
}

/** As `parsePipeline`, of the text of a JSON array. Throws also what `parseValue` throws. */
export function parsePipelineText(text: StoredText): readonly Stage[] {
  const pipeline = parseValue(text);
  if (Array.isArray(pipeline)) return parsePipeline(pipeline);
  throw invalidPipeline('pipeline', 'A pipeline is a list of stages.');
}

function parseStage(stage: Value, reading: Reading): Stage | readonly Stage[] {
  const [name, value] = nameAndValue(stage);
  const parser = PARSERS.get(name);
  if (parser === undefined) throw unknownStage(name);
  return parser(value, reading);
}

function nameAndValue(stage: Value): [string, Value] {
  const entries = isDocument(stage) ? [...(stage as Document)] : [];
  if (entries.length === 1) return entries[0]!;
  throw invalidPipeline('pipeline', 'A stage is an object with one field, the name of the stage: {"$match": …}.');
}

function unknownStage(name: string): AerolithError {
  if (LATER_STAGES.has(name)) return new NotImplemented(`The stage ${name}`);
  const nearest = suggestNearest(name, STAGE_NAMES);
  const hint = nearest === undefined ? `known are ${STAGE_NAMES.join(', ')}.` : `did you mean ${nearest}?`;
  return new AerolithError('unknown_operator', `There is no stage ${name}; ${hint}`, { operator: name, nearest });
}
