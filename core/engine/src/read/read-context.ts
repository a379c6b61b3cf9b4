import { unknownCollection } from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';
import type { Catalogue, CollectionRecord } from '../catalogue.ts';
import type { BlockCache } from '../ledger/read-block.ts';

/** What one read sees: one committed state. Valid until the read ends. */
export type ReadContext = {
  readonly connection: Connection;
  readonly catalogue: Catalogue;
  readonly blocks: BlockCache;
  /** Height of the last block. */
  readonly height: number;
};

/** Throws `unknown_collection`, naming the nearest one. */
export function collectionNamed(catalogue: Catalogue, name: string): CollectionRecord {
  const record = catalogue.collections.get(name);
  if (record !== undefined) return record;
  throw unknownCollection(name, catalogue.collections.keys());
}
