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
}
