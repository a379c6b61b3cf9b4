import type { OperationResult, OutcomeError, Receipt } from '@aerolithdb/protocol';

/** What an operation that was carried out gives back. */
export type OperationDone = {
  readonly result: OperationResult;
  /** Version whose post-image is `result.document`, so that the window of commands need not keep the text. */
  readonly documentVersion?: number;
  /** Version of the document it found when it changed nothing. */
  readonly unchangedVersion?: number;
  /** Of a bulk: what `result.outcomes` was made of. */
  readonly parts?: readonly PartDone[];
};

/** What came of one operation of a bulk. */
export type PartDone = { readonly receipt: Receipt; readonly done: OperationDone } | { readonly error: OutcomeError };
