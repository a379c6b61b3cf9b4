/** Every limit of the data model and the log, each declared once: the code, the errors and `docs/reference/limits.md` read it here. */
export const LIMITS = {
  /** Bytes of a document's stored text. */
  documentBytes: 1_048_576,
  /** Bytes of the stored text of an `_id`. */
  idBytes: 1024,
  /** Levels of arrays and objects, the document itself being level 1. */
  depth: 100,
  /** Documents in one insert, operations in one transaction or one command of a bulk. */
  batchDocuments: 1000,
  /** Bytes of one command. */
  commandBytes: 4_194_304,
  /** Bytes of one encoded index key; a value with a longer key is refused by an index. */
  indexKeyBytes: 1024,
  /** Secondary indexes of a collection. */
  indexesPerCollection: 64,
  /** Entries that one document may have in one index. */
  indexEntriesPerDocument: 1000,
  /** Documents over which an index is made in one block; over more it is built in steps, while writes go on. */
  indexBuildAtOnce: 10_000,
  /** Rows that one step of an index build takes, at most. */
  indexBuildRows: 2000,
  /** Documents that one command deletes because they have expired. */
  expiredPerCommand: 1000,
  /** Numbers of a vector in a vector index. */
  vectorDimensions: 8192,
  /** Changes that one command may make; a larger update or delete goes on in a further command. */
  changesPerCommand: 8192,
  /** Changes in one block. A power of two: positions are `height × this + index`. */
  changesPerBlock: 16_384,
  /** Bytes of commands that one block gathers before it is closed. */
  blockBytes: 8_388_608,
  /** Commands whose ids are remembered, so that a repeated one is answered and not applied again. */
  commandWindow: 100_000,
  /** Characters of a collection name. */
  collectionNameLength: 120,
  /** Bytes of a regular expression. */
  regexBytes: 1024,
} as const;
