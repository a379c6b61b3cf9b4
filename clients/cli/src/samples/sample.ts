import type { Document } from '@aerolithdb/protocol';

/** A real data set that comes with the program. */
export type Sample = {
  /** Also the name of the collection it is loaded into. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  readonly documents: number;
  readonly source: string;
  readonly licence: string;
  /** Commands to try after it is loaded, and what each of them answers. `{collection}` stands for the collection. */
  readonly queries: readonly { readonly asks: string; readonly command: string }[];
  /** Reads the data. Every document has an `_id`, the same at each time. */
  readonly read: () => Promise<Iterable<Document>>;
};
