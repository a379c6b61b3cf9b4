/** One place that breaks one rule. The message says what to do instead. */
export interface Finding {
  /** Relative to the clone. */
  readonly file: string;
  /** From 1; 0 means the file as a whole. */
  readonly line: number;
  readonly message: string;
}

/** What one check came to. */
export interface Outcome {
  readonly findings: readonly Finding[];
  /** How much was looked at, and the least that must be: a check that found nothing to look at has failed. */
  readonly looked: number;
  readonly lookedMin: number;
  /** What `looked` counts, for the last line. */
  readonly unit: string;
}
