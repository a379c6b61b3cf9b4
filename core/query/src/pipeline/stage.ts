import type { BucketStage } from './stages/bucket.ts';
import type { BucketAutoStage } from './stages/bucket-auto.ts';
import type { CountStage } from './stages/count.ts';
import type { DensifyStage } from './stages/densify.ts';
import type { FacetStage } from './stages/facet.ts';
import type { GeoDistanceStage, GeoNearStage } from './stages/geo-near.ts';
import type { GraphLookupStage } from './stages/graph-lookup.ts';
import type { GroupStage } from './stages/group.ts';
import type { LookupStage } from './stages/lookup.ts';
import type { MatchStage } from './stages/match.ts';
import type { ProjectStage } from './stages/project.ts';
import type { RankFusionStage } from './stages/rank-fusion.ts';
import type { RedactStage } from './stages/redact.ts';
import type { ReplaceRootStage } from './stages/replace-root.ts';
import type { SampleStage } from './stages/sample.ts';
import type { SearchMetaStage } from './stages/search.ts';
import type { SetStage } from './stages/set.ts';
import type { SetWindowFieldsStage } from './stages/set-window-fields.ts';
import type { LimitStage, SkipStage } from './stages/skip-limit.ts';
import type { SortStage } from './stages/sort.ts';
import type { SourceStage } from './stages/sources.ts';
import type { UnionWithStage } from './stages/union-with.ts';
import type { UnwindStage } from './stages/unwind.ts';
import type { VectorSearchStage } from './stages/vector-search.ts';

/**
 * A stage of a pipeline, read. A stage is a value: whoever carries out a pipeline looks at it and decides where it runs: as part
 * of a find, as SQL, or by `runStages`, which can run every one.
 */
export type Stage =
  | BucketAutoStage
  | BucketStage
  | CountStage
  | DensifyStage
  | FacetStage
  | GeoDistanceStage
  | GeoNearStage
  | GraphLookupStage
  | GroupStage
  | LimitStage
  | LookupStage
  | MatchStage
  | ProjectStage
  | RankFusionStage
  | RedactStage
  | ReplaceRootStage
  | SampleStage
  | SearchMetaStage
  | SetStage
  | SetWindowFieldsStage
  | SkipStage
  | SortStage
  | SourceStage
  | UnionWithStage
  | UnwindStage
  | VectorSearchStage;
