import type { AnyDocument, Transaction } from '@aerolithdb/client';

export type IndexKeys = { readonly [path: string]: 1 | -1 };

/** One change, named by its first member, whose value is the collection. */
export type MigrationStep =
  | { readonly createCollection: string; readonly schema?: object; readonly ifMissing?: boolean }
  | { readonly alterCollection: string; readonly schema: object | null }
  | { readonly dropCollection: string }
  | { readonly createIndex: string; readonly keys: IndexKeys; readonly name?: string; readonly unique?: boolean }
  | { readonly dropIndex: string; readonly name: string }
  | { readonly updateDocuments: string; readonly update: object; readonly filter?: object; readonly size?: number };

export type BatchOptions = {
  /** Which documents; all when absent. */
  readonly filter?: object;
  /** Documents in one transaction. Each operation counts, and a transaction has at most 1,000. */
  readonly size?: number;
};

/**
 * What a batch does with its documents. All that it writes goes through the transaction; it runs again when a document that it was
 * given is changed by others meanwhile, so it must do nothing else.
 */
export type BatchChange<T> = (documents: readonly T[], transaction: Transaction) => Promise<void> | void;

/**
 * What `up` and `down` of a migration in TypeScript work with. Every call is recorded: when the migration goes on after a crash, calls
 * that are complete are passed over and a batch goes on after the last document that was recorded. So the calls must be the same ones in the
 * same order each time, one after the other.
 */
export interface MigrationDatabase {
  /** Throws `collection_exists`; with `ifMissing` only when the one that exists has another schema. */
  createCollection(name: string, options?: { readonly schema?: object; readonly ifMissing?: boolean }): Promise<void>;
  /** Puts another schema in place, or none. Documents that are there are not checked. */
  alterCollection(name: string, options: { readonly schema: object | null }): Promise<void>;
  /** Removes the collection with its documents and indexes. */
  dropCollection(name: string): Promise<void>;
  /** The same index again changes nothing. Throws `index_exists`, `duplicate_key_value`. */
  createIndex(
    collection: string,
    keys: IndexKeys,
    options?: { readonly name?: string; readonly unique?: boolean },
  ): Promise<void>;
  dropIndex(collection: string, name: string): Promise<void>;
  /** Applies update operators to each document that the filter selects, once. */
  updateDocuments(collection: string, update: object, options?: BatchOptions): Promise<void>;
  /** Goes through the documents in the order of their `_id`, a transaction a batch, each document once. */
  eachBatch<T extends object = AnyDocument>(collection: string, options: BatchOptions, change: BatchChange<T>): Promise<void>;
}

/** One direction of a migration: steps, or in TypeScript a function. */
export type MigrationWork = readonly MigrationStep[] | ((database: MigrationDatabase) => Promise<void>);
