/** Limits of one read. */
export const READ_LIMITS = {
  /** Documents of a page when the request names neither limit nor batchSize. */
  pageDocuments: 1000,
  /** Bytes (UTF-16 units) of a page when the request names neither; the last document may go beyond. */
  pageBytes: 4_194_304,
  /** Bytes of a page when the request names one of them: what is left comes with the cursor. */
  answerBytes: 16_777_216,
  /** Rows that a sort without an index holds. */
  sortRows: 1_000_000,
  /** Bytes of sort keys that a sort without an index holds. */
  sortBytes: 104_857_600,
  /** Values that `distinct` gives. */
  distinctValues: 1_000_000,
  /** Blocks that one read of changes goes through. */
  changeBlocks: 4096,
  /** Versions of a document's history when the request names no limit. */
  historyVersions: 1000,
  /** Index entries that a find may visit to be answered on the thread that asks. */
  atOnceRows: 100,
  /** Index intervals of such a find. */
  atOnceIntervals: 16,
} as const;
