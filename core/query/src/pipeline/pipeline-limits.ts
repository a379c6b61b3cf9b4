/** Limits of aggregation pipelines, each declared once. */
export const PIPELINE_LIMITS = {
  /** Stages of a pipeline, without those of pipelines inside it. */
  stages: 1000,
  /** Levels of pipelines inside one another (`$lookup`, `$facet`, `$unionWith`). */
  nesting: 20,
  /** Bytes that the blocking stages of one run hold together, as `sizeOf` counts them. */
  heldBytes: 104_857_600,
  /** Vectors that one `$vectorSearch` may give, and may name as candidates. */
  vectorCandidates: 10_000,
  /** Bytes that the stages of one run write into files when memory does not hold what they need. */
  spilledBytes: 8_589_934_592,
  /** Documents that one `$densify` may add. */
  densifiedDocuments: 500_000,
} as const;
