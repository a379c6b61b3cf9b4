/** Where a pipeline stands while it is read. */
export type Reading = {
  /** Pipelines that it stands in. */
  readonly level: number;
  /** Variables that its expressions may name, without `$$`. */
  readonly variables: readonly string[];
  /** What is not the same on every replica is refused: the pipeline is part of a write. */
  readonly deterministic?: boolean;
};

export const OUTERMOST: Reading = { level: 0, variables: [] };
