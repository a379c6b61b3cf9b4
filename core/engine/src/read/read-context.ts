import { unknownCollection } from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';
import { type Catalogue, type CollectionRecord, readCounters } from '../catalogue.ts';
import type { BlockCache } from '../ledger/read-block.ts';
import type { Knowledge } from '../plan/asked.ts';
import type { ReadTrace } from './read-trace.ts';

/** What one read sees: one committed state. Valid until the read ends. */
export type ReadContext = {
  readonly connection: Connection;
  readonly catalogue: Catalogue;
  readonly blocks: BlockCache;
  /** Height of the last block. */
  readonly height: number;
  /** Who follows the read; absent: nobody. */
  readonly trace?: ReadTrace;
};

/** What a plan of a query on the collection is made from. */
export function knowledgeOf({ connection, catalogue }: ReadContext, { table }: CollectionRecord): Knowledge {
  return { connection, documents: readCounters(connection, table).documents, sample: catalogue.samples.get(table) };
}

/** Throws `unknown_collection`, naming the nearest one. */
export function collectionNamed(catalogue: Catalogue, name: string): CollectionRecord {
  const record = catalogue.collections.get(name);
  if (record !== undefined) return record;
  throw unknownCollection(name, catalogue.collections.keys());
}
