import type { Head, IndexSpec } from '@aerolithdb/protocol';
import { checkTable, openReader, type ReaderConnection, tablesOf } from '@aerolithdb/storage';
import { type CollectionRecord, type IndexRecord, indexSpecOf, readCatalogue, readCounters } from '../catalogue.ts';
import { readHead } from '../ledger/read-block.ts';
import { mappingStorageErrors } from '../storage-fault.ts';
import { checkBlocks, type LedgerFault } from './check-blocks.ts';
import { type IndexHealth, indexHealth } from './index-health.ts';

/** `counted`: documents that the catalogue says there are; `found`: rows. They differ only in a file that is damaged. */
export type CollectionCount = { readonly collection: string; readonly counted: number; readonly found: number };

/**
 * Looks for damage in a data file without writing to it, beside a node that runs or without one. Each call sees one committed state
 * and lets go of it when it returns.
 */
export class Inspection {
  readonly #connection: ReaderConnection;

  private constructor(connection: ReaderConnection) {
    this.#connection = connection;
  }

  /** Throws `data_foreign`, `data_newer`, `data_in_use`, `storage_corrupt`, `storage_failed`. */
  static open(folder: string): Inspection {
    return mappingStorageErrors(folder, () => new Inspection(openReader(folder)));
  }

  /** Format of the file. */
  format(): number {
    return this.#safely(() => this.#connection.prepare<number>('PRAGMA user_version', 'pluck').get() ?? 0);
  }

  /** The last committed block. */
  head(): Head {
    return this.#safely(() => readHead(this.#connection));
  }

  /**
   * Holds the blocks of these heights, both included, against their own hashes and those before them: header, link, commands, changes.
   * The first that is wrong, or undefined. Throws `storage_corrupt` when a page cannot be read.
   */
  checkBlocks(from: number, to: number): LedgerFault | undefined {
    return this.#safely(() => checkBlocks(this.#connection, from, to));
  }

  tables(): readonly string[] {
    return this.#safely(() => tablesOf(this.#connection));
  }

  /** Reads every page of a table, and so checks the seal of each. Throws `storage_corrupt`. */
  checkTable(table: string): void {
    this.#safely(() => checkTable(this.#connection, table));
  }

  /** Every collection with its indexes. */
  collections(): readonly { readonly name: string; readonly indexes: readonly IndexSpec[] }[] {
    return this.#safely(() =>
      [...readCatalogue(this.#connection).collections.values()].map(({ name, indexes }) => ({
        name,
        indexes: indexes.map(indexSpecOf),
      })),
    );
  }

  /** Undefined when the collection was dropped meanwhile. */
  countDocuments(collection: string): CollectionCount | undefined {
    return this.#safely(() => {
      const record = readCatalogue(this.#connection).collections.get(collection);
      if (record === undefined) return undefined;
      const found = this.#connection.prepare<number>(`SELECT count(*) FROM documents_${record.table}`, 'pluck').get() ?? 0;
      return { collection, counted: readCounters(this.#connection, record.table).documents, found };
    });
  }

  /** Holds an index against the documents: all counts, and the entries of about `sample` documents. Undefined when it was dropped or is not ready. */
  indexHealth(collection: string, index: string, sample: number): IndexHealth | undefined {
    return this.#safely(() => {
      const found = this.#find(collection, index);
      return found === undefined ? undefined : indexHealth(this.#connection, found.collection, found.index, sample);
    });
  }

  close(): void {
    this.#connection.close();
  }

  #find(collection: string, index: string): { collection: CollectionRecord; index: IndexRecord } | undefined {
    const record = readCatalogue(this.#connection).collections.get(collection);
    const ofName = record?.indexes.find(({ name }) => name === index);
    return record === undefined || ofName === undefined || ofName.build !== undefined
      ? undefined
      : { collection: record, index: ofName };
  }

  #safely<T>(work: () => T): T {
    return mappingStorageErrors(this.#connection.file, () => this.#connection.snapshot(work));
  }
}
