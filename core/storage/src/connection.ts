import type { Synced } from './synced-mark.ts';

/** What SQLite can be given. Whole numbers beyond the int32 range are given as `bigint` where a column has no INTEGER affinity. */
export type Bound = number | bigint | string | Uint8Array | null;

/** A prepared statement. `Row` is an object by column name, an array of the columns (`raw`) or the first column (`pluck`). */
export interface Statement<Row = unknown> {
  run(...parameters: Bound[]): { changes: number };
  get(...parameters: Bound[]): Row | undefined;
  all(...parameters: Bound[]): Row[];
  /** While an iteration is open, its connection cannot write. */
  iterate(...parameters: Bound[]): IterableIterator<Row>;
}

export type RowShape = 'object' | 'raw' | 'pluck';

/** What the writer and the readers have in common: statements, prepared once and kept. */
export interface Connection {
  readonly file: string;
  /** The statement with this text, prepared at its first use. `Row` is what the caller knows of its columns. */
  prepare<Row>(sql: string, shape?: RowShape): Statement<Row>;
  /**
   * Defines the SQL function `name`, for this connection. The same arguments must always give the same value. It may run while a
   * statement is being read, so it must not use the connection.
   */
  defineFunction(name: string, body: (...values: unknown[]) => Bound): void;
}

/** How far the write-ahead log is: pages in it, and how many of them stand in the file already. */
export type WalState = { readonly pages: number; readonly moved: number };

/** The one connection that writes. Synchronous: a method returns when SQLite does. */
export interface WriterConnection extends Connection {
  readonly inTransaction: boolean;
  /** Runs statements that return nothing (table definitions, savepoints). */
  exec(sql: string): void;
  /** Takes the write lock. Throws `StorageError` `busy` when another process holds it. */
  begin(): void;
  /**
   * Ends the transaction: readers see it, and it outlives the process; `flush` makes it outlive a power cut.
   * Throws `StorageError`; the transaction may still be open then.
   */
  commit(): void;
  /**
   * Resolves when all that was committed before the call is on the disk (fdatasync, on another thread). Between transactions only. Rejects with `StorageError`;
   * what is on the disk is then unknown until the file is opened anew.
   */
  flush(): Promise<void>;
  /** What a `LogSync` of another thread makes durable by a flush that begins from now on. Between transactions only. */
  committed(): Synced;
  /** Undoes the open transaction; nothing when SQLite has undone it already. */
  rollback(): void;
  /** As `rollback`, for a disk that may still be failing. Whether no transaction is open any more. */
  tryRollback(): boolean;
  /** Moves what it can from the write-ahead log into the file, without waiting for readers. */
  checkpoint(): WalState;
  /** Reads every page in use. Throws `StorageError` `corrupt`. */
  check(): { readonly pages: number };
  /** Moves the write-ahead log into the file where no reader holds it, and closes. */
  close(): void;
}
