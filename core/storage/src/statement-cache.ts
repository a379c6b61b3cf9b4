import type Database from 'better-sqlite3-multiple-ciphers';
import type { RowShape, Statement } from './connection.ts';

/** Statements kept a connection; the one unused for longest goes first. */
const STATEMENTS_MAX = 512;

export class StatementCache {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement<unknown[], unknown>>();

  constructor(database: Database.Database) {
    this.#database = database;
  }

  prepare<Row>(sql: string, shape: RowShape = 'object'): Statement<Row> {
    const key = shape === 'object' ? sql : `${shape}:${sql}`;
    let statement = this.#statements.get(key);
    if (statement === undefined) {
      statement = this.#make(sql, shape);
      if (this.#statements.size >= STATEMENTS_MAX) this.#evictOldest();
    } else {
      this.#statements.delete(key);
    }
    this.#statements.set(key, statement);
    return statement as Statement<Row>;
  }

  clear(): void {
    this.#statements.clear();
  }

  #make(sql: string, shape: RowShape): Database.Statement<unknown[], unknown> {
    const statement = this.#database.prepare<unknown[], unknown>(sql);
    if (shape === 'raw') return statement.raw();
    if (shape === 'pluck') return statement.pluck();
    return statement;
  }

  #evictOldest(): void {
    const oldest = this.#statements.keys().next();
    if (!oldest.done) this.#statements.delete(oldest.value);
  }
}
