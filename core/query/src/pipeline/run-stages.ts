import type { Document } from '@aerolithdb/protocol';
import { keepingMetadata, keepsMetadata } from '../metadata.ts';
import type { Run } from './run.ts';
import type { Stage } from './stage.ts';
import { runBucket } from './stages/bucket.ts';
import { runBucketAuto } from './stages/bucket-auto.ts';
import { runCount } from './stages/count.ts';
import { runDensify } from './stages/densify.ts';
import { runFacet } from './stages/facet.ts';
import { runGeoDistance, runGeoNear } from './stages/geo-near.ts';
import { runGraphLookup } from './stages/graph-lookup.ts';
import { runGroup } from './stages/group.ts';
import { runLookup } from './stages/lookup.ts';
import { runMatch } from './stages/match.ts';
import { runProject } from './stages/project.ts';
import { runRankFusion } from './stages/rank-fusion.ts';
import { runRedact } from './stages/redact.ts';
import { runReplaceRoot } from './stages/replace-root.ts';
import { runSample } from './stages/sample.ts';
import { runSearchMeta } from './stages/search.ts';
import { runSet } from './stages/set.ts';
import { runSetWindowFields } from './stages/set-window-fields.ts';
import { runLimit, runSkip } from './stages/skip-limit.ts';
import { runSort } from './stages/sort.ts';
import { runSource } from './stages/sources.ts';
import { runUnionWith } from './stages/union-with.ts';
import { runUnwind } from './stages/unwind.ts';

/**
 * The documents that the stages make of the input, one after the other as they are asked for. A stage that must see all documents
 * before it gives the first (`$group`, `$sort` …) counts what it holds in `run.memory`.
 * Throws `pipeline_too_large`, `invalid_pipeline`, `unknown_collection`, and what the expressions throw.
 */
export function runStages(stages: readonly Stage[], input: Iterable<Document>, run: Run): Iterable<Document> {
  return stages.reduce((documents, stage) => {
    if (run.searched !== true || !keepsMetadata(stage)) return runStage(stage, documents, run);
    return keepingMetadata(documents, (watched) => runStage(stage, watched, run));
  }, input);
}

function runStage(stage: Stage, input: Iterable<Document>, run: Run): Iterable<Document> {
  switch (stage.kind) {
    case 'count':
      return runCount(stage, input);
    case 'group':
      return runGroup(stage, input, run);
    case 'limit':
      return runLimit(stage, input);
    case 'match':
      return runMatch(stage, input, run);
    case 'project':
      return runProject(stage, input, run);
    case 'replaceRoot':
      return runReplaceRoot(stage, input, run);
    case 'set':
      return runSet(stage, input, run);
    case 'skip':
      return runSkip(stage, input);
    case 'sort':
      return runSort(stage, input, run);
    case 'bucket':
      return runBucket(stage, input, run);
    case 'bucketAuto':
      return runBucketAuto(stage, input, run);
    case 'densify':
      return runDensify(stage, input, run);
    case 'setWindowFields':
      return runSetWindowFields(stage, input, run);
    case 'facet':
      return runFacet(stage, input, run);
    case 'geoDistance':
      return runGeoDistance(stage, input);
    case 'geoNear':
      return runGeoNear(stage, input, run);
    case 'graphLookup':
      return runGraphLookup(stage, input, run);
    case 'lookup':
      return runLookup(stage, input, run);
    case 'redact':
      return runRedact(stage, input, run);
    case 'sample':
      return runSample(stage, input, run);
    case 'unionWith':
      return runUnionWith(stage, input, run);
    case 'searchMeta':
      return runSearchMeta(stage, run);
    case 'documents':
    case 'collStats':
    case 'indexStats':
      return runSource(stage, run);
    case 'vectorSearch':
      return run.sources.searchVectors(stage, run);
    case 'rankFusion':
      return runRankFusion(stage, run);
    case 'unwind':
      return runUnwind(stage, input);
  }
}
