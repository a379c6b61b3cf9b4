import type { Row, SkippedRow } from '../harness/row.ts';

export type SuiteOptions = {
  /** Ends within five minutes: fewer documents, shorter runs, no memory row. */
  readonly quick: boolean;
  /** An empty folder that is removed afterwards. */
  readonly folder: string;
  /** Says what is being measured now. */
  readonly progress: (what: string) => void;
};

export type SuiteResult = {
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  readonly skipped?: readonly SkippedRow[];
};

export type Suite = (options: SuiteOptions) => Promise<SuiteResult>;
