import type { ErrorCode } from '@aerolithdb/protocol';

/** One document of an input, as its text; or what could not be read as one. */
export type SourceRecord = {
  /** Line of the input where it begins, from 1. */
  readonly line: number;
  /** Its JSON text, for documents; the text as it stood in the input, for what is bad. */
  readonly text: string;
  /** Why it is bad. */
  readonly problem?: { readonly code: ErrorCode; readonly message: string };
  /** As it stood in the input, where that is not `text` (a CSV row). Goes into the reject file. */
  readonly original?: string | Buffer;
};

/**
 * Records in groups of whatever size the input's pieces have, with the bytes of input read so far. `records` that hold a
 * problem are passed on in their place; a problem after which nothing more can be read is thrown.
 */
export type RecordGroup = { readonly records: readonly SourceRecord[]; readonly bytesRead: number };

export type RecordReader = (input: AsyncIterable<Buffer>) => AsyncIterable<RecordGroup>;

/** A line or a value longer than this cannot be a document; it is refused rather than held in memory. */
export const LONGEST_RECORD_BYTES = 64 * 1024 * 1024;
