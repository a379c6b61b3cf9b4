import type Database from 'better-sqlite3-multiple-ciphers';
import { checkFile } from './check.ts';
import type { Bound, Connection, RowShape, Statement } from './connection.ts';
import { StatementCache } from './statement-cache.ts';

/** What every connection to the file has, whatever it may do with it. */
export class FileConnection implements Connection {
  readonly file: string;
  protected readonly database: Database.Database;
  readonly #statements: StatementCache;

  constructor(file: string, database: Database.Database) {
    this.file = file;
    this.database = database;
    this.#statements = new StatementCache(database);
  }

  prepare<Row>(sql: string, shape?: RowShape): Statement<Row> {
    return this.#statements.prepare<Row>(sql, shape);
  }

  defineFunction(name: string, body: (...values: unknown[]) => Bound): void {
    this.database.function(name, { deterministic: true, varargs: true }, body);
  }

  get inTransaction(): boolean {
    return this.database.inTransaction;
  }

  /** Reads every page in use. Throws `StorageError` `corrupt`. */
  check(): { readonly pages: number } {
    return checkFile(this);
  }

  close(): void {
    this.#statements.clear();
    this.database.close();
  }
}

/** Settings that are the same for every connection. Pages are sealed, so they cannot be mapped into memory. */
export function configureConnection(database: Database.Database, cacheBytes: number): void {
  database.pragma('mmap_size=0');
  database.pragma('temp_store=MEMORY');
  database.pragma('trusted_schema=OFF');
  database.pragma('foreign_keys=OFF');
  database.pragma(`cache_size=${-Math.ceil(cacheBytes / 1024)}`);
}
