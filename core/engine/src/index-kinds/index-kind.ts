import type { AerolithError, Document, IndexOption, IndexSpec } from '@aerolithdb/protocol';
import type { Connection, WriterConnection } from '@aerolithdb/storage';
import type { IndexRecord } from '../catalogue.ts';

/** How one kind of index stands in the file and follows the writes: all that differs between kinds but the planning of queries. */
export type IndexKind = {
  /** Options that a definition of this kind may have. */
  readonly options: readonly IndexOption[];
  /** A collection has one of this kind at most, so that a query need not name it. */
  readonly single?: boolean;
  /** Refuses keys and values of options that this kind cannot hold; that each option is known to it is checked already. Throws `invalid_index`. */
  assertSpec(spec: IndexSpec): void;
  /** SQL that makes its tables. Every name begins with `index_<table>`. */
  tables(record: IndexRecord): string;
  /** SQL that drops them. */
  drop(record: IndexRecord): string;
  /** Its entries over one connection, statements prepared once. `collection`: for the words of refusals. */
  open(connection: WriterConnection, record: IndexRecord, collection: string): IndexWriter;
  /** SQL that selects the row id of every entry, for counts and for the search for stale ones. */
  rowIds(record: IndexRecord, connection: Connection): string;
  /** Whether every document has an entry. */
  coversAll(record: IndexRecord): boolean;
  /** Whether the entries that the document must have are there. */
  holds(connection: Connection, record: IndexRecord, rid: number, document: Document): boolean;
  /**
   * How a backup holds it: as the rows of `index_<table>(key, rid)`, or not at all, so that a restore makes its entries out of the
   * documents.
   */
  readonly backup: 'rows' | 'rebuilt';
};

/**
 * Keeps the entries of one index beside the rows of its collection, inside the block's transaction. What it keeps in memory must
 * stay right when the connection goes back to a savepoint or undoes the block, of which it is not told.
 */
export type IndexWriter = {
  readonly record: IndexRecord;
  /** Top-level fields that entries are made of; undefined: any. The documents of an insert may be given without the others. */
  readonly fields: readonly string[] | undefined;
  /**
   * Works out what a write changes, and writes nothing. `before` and `after` undefined: the row is new, is gone.
   * Throws what the document alone is refused for, such as `index_key_too_large` and `invalid_index`.
   */
  change(rid: number, before: Document | undefined, after: Document | undefined): IndexChange;
};

/** A change that the document allows. `clash` is asked before anything of the command's row is written, then `write` is called or nothing. */
export type IndexChange = {
  /** The refusal when another row has what only one may have. */
  clash(): AerolithError | undefined;
  write(): void;
  /** The record as it is from now on, when the change has shown something new of the index; else undefined. */
  readonly grown: IndexRecord | undefined;
};
