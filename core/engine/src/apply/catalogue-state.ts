import { AerolithError, type Principal, unknownCollection } from '@aerolithdb/protocol';
import { documentsTable, historyTable, type WriterConnection } from '@aerolithdb/storage';
import {
  type CollectionRecord,
  catalogueRevision,
  collectionKey,
  principalKey,
  readCatalogue,
  readCounters,
  statisticsKey,
} from '../catalogue.ts';
import { dropTables } from '../index-kinds/open-index.ts';
import type { CollectionStatistics } from '../statistics/collection-statistics.ts';
import { keptStatistics, rewrittenKey } from '../statistics/kept-statistics.ts';
import { CollectionState } from './collection-state.ts';

const NO_CHANGE_YET = '0'.repeat(64);

/** The catalogue in the writer's memory. Each method that changes it writes the file too, in the open transaction. */
export class CatalogueState {
  readonly #connection: WriterConnection;
  readonly #collections = new Map<string, CollectionState>();
  readonly #principals = new Map<string, Principal>();
  #revision = 0;
  #nextTable = 1;

  private constructor(connection: WriterConnection) {
    this.#connection = connection;
    const catalogue = readCatalogue(connection);
    this.resync();
    for (const record of catalogue.collections.values()) {
      const counters = readCounters(connection, record.table);
      const kept = keptStatistics(connection, record.table, catalogue.samples.get(record.table)?.statistics);
      this.#collections.set(record.name, new CollectionState(connection, record, counters, kept));
    }
    for (const principal of catalogue.principals.values()) this.#principals.set(principal.name, principal);
  }

  static load(connection: WriterConnection): CatalogueState {
    return new CatalogueState(connection);
  }

  /** Takes the numbers that a savepoint has undone from the file again. */
  resync(): void {
    this.#revision = catalogueRevision(this.#connection);
    this.#nextTable = this.#connection.prepare<number>("SELECT value FROM meta WHERE key = 'next_table'", 'pluck').get() ?? 1;
  }

  /** Throws `unknown_collection`. */
  collection(name: string): CollectionState {
    const collection = this.#collections.get(name);
    if (collection !== undefined) return collection;
    throw unknownCollection(name, this.#collections.keys());
  }

  findCollection(name: string): CollectionState | undefined {
    return this.#collections.get(name);
  }

  /** A number for a collection's or an index's tables; never given twice. */
  takeTable(): number {
    const table = this.#nextTable++;
    this.#setMeta('next_table', this.#nextTable);
    return table;
  }

  createCollection(record: CollectionRecord): CollectionState {
    this.#connection.exec(documentsTable(record.table));
    this.#connection.exec(historyTable(record.table));
    this.#connection
      .prepare('INSERT INTO counters(collection, next_rid, documents, chain) VALUES(?, 1, 0, ?)')
      .run(record.table, Buffer.alloc(32));
    const state = new CollectionState(this.#connection, record, { nextRid: 1, documents: 0, chain: NO_CHANGE_YET });
    this.#collections.set(record.name, state);
    this.saveRecord(state);
    return state;
  }

  /** Drops the collection with its rows, history and indexes. What the ledger says of it stays. */
  dropCollection(state: CollectionState): void {
    const { name, table, indexes } = state.record;
    for (const index of indexes) this.#connection.exec(dropTables(index));
    this.#connection.exec(`DROP TABLE documents_${table}; DROP TABLE history_${table};`);
    this.#connection.prepare('DELETE FROM counters WHERE collection = ?').run(table);
    this.#connection.prepare('DELETE FROM catalogue WHERE name IN (?, ?)').run(collectionKey(name), statisticsKey(table));
    this.#connection.prepare('DELETE FROM meta WHERE key = ?').run(rewrittenKey(table));
    this.#collections.delete(name);
    this.#raiseRevision();
  }

  /** Writes the record of a collection that has changed. */
  saveRecord(state: CollectionState): void {
    this.#save(collectionKey(state.record.name), state.record);
  }

  /** Writes the statistics of a collection, which count from now. */
  saveStatistics(state: CollectionState, statistics: CollectionStatistics): void {
    state.statistics = statistics;
    state.rewritten = 0;
    this.#save(statisticsKey(state.record.table), statistics);
  }

  /** Writes the counters of a collection that is still there. */
  saveCounters(state: CollectionState): void {
    this.#connection
      .prepare('UPDATE counters SET next_rid = ?, documents = ?, chain = ? WHERE collection = ?')
      .run(state.nextRid, state.documents, Buffer.from(state.chain, 'hex'), state.record.table);
    if (state.rewritten === state.savedRewritten) return;
    this.#setMeta(rewrittenKey(state.record.table), state.rewritten);
    state.savedRewritten = state.rewritten;
  }

  setPrincipal(principal: Principal): void {
    this.#principals.set(principal.name, principal);
    this.#save(principalKey(principal.name), principal);
  }

  /** Throws `unknown_principal`. */
  removePrincipal(name: string): void {
    if (!this.#principals.delete(name)) {
      throw new AerolithError('unknown_principal', `No user or token is named "${name}".`, { principal: name });
    }
    this.#connection.prepare('DELETE FROM catalogue WHERE name = ?').run(principalKey(name));
    this.#raiseRevision();
  }

  #save(key: string, record: CollectionRecord | CollectionStatistics | Principal): void {
    this.#connection
      .prepare('INSERT INTO catalogue(name, record) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET record = excluded.record')
      .run(key, JSON.stringify(record));
    this.#raiseRevision();
  }

  #raiseRevision(): void {
    this.#setMeta('catalogue_revision', ++this.#revision);
  }

  #setMeta(key: string, value: number): void {
    this.#connection
      .prepare('INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value')
      .run(key, value);
  }
}
