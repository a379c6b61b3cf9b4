import type { CollectionOptions, IndexInfo, Principal } from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';
import { type Catalogue, indexInfoOf } from '../catalogue.ts';

/** A collection as callers see it. */
export type CollectionView = {
  readonly name: string;
  readonly options: CollectionOptions;
  /** Documents it holds now. */
  readonly documents: number;
  /** Position of the change that created it. */
  readonly created: number;
  readonly indexes: readonly IndexInfo[];
};

export type CatalogueView = { readonly collections: readonly CollectionView[]; readonly principals: readonly Principal[] };

export function viewCatalogue(connection: Connection, catalogue: Catalogue): CatalogueView {
  const counted = connection.prepare<[table: number, documents: number]>('SELECT collection, documents FROM counters', 'raw');
  const documents = new Map(counted.all());
  const collections = [...catalogue.collections.values()].map(({ name, options, created, table, indexes }) => ({
    name,
    options,
    documents: documents.get(table) ?? 0,
    created,
    indexes: indexes.map(indexInfoOf),
  }));
  return { collections, principals: [...catalogue.principals.values()] };
}
