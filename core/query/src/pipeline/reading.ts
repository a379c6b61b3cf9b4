/** Where a pipeline stands while it is read. */
export type Reading = {
  /** Pipelines that it stands in. */
  readonly level: number;
  /** Variables that its expressions may name, without `$$`. */
  readonly variables: readonly string[];
};

export const OUTERMOST: Reading = { level: 0, variables: [] };
