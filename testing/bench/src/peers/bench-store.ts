/** What every side of the embedded comparisons can do. Documents are JSON texts; every acknowledged write is fsynced. */
export interface BenchStore {
  readonly name: string;
  /** Makes an empty collection, dropping one of the same name; `indexed`: with an index on `grp`. */
  reset(collection: string, indexed: boolean): Promise<void>;
  /** Loads texts in batches of 1,000, at its best pace. */
  load(collection: string, texts: readonly string[]): Promise<void>;
  insert(collection: string, text: string): Promise<unknown>;
  /** The document as a JavaScript object. May answer at once. */
  get(collection: string, id: number): unknown;
  /** The documents of one group, as objects. */
  findGroup(collection: string, group: number): Promise<unknown[]>;
  /** Documents whose `score` is above the bound. */
  countAbove(collection: string, bound: number): Promise<number>;
  /** Sets `score` of one document. */
  update(collection: string, id: number, score: number): Promise<unknown>;
  close(): Promise<void>;
}
