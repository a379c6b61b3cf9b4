import { rmSync } from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';
import type { BenchStore } from './bench-store.ts';

type Statements = {
  insert: Database.Statement;
  get: Database.Statement;
  group: Database.Statement;
  count: Database.Statement;
  update: Database.Statement;
};

/** SQLite by hand: the same documents table, nothing else. Writers that wait share a transaction of up to 32. */
export class BareSqlite implements BenchStore {
  readonly name = 'bare SQLite';
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Statements>();
  #waiting: { run: () => void; done: () => void }[] = [];

  constructor(file: string) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    this.#db = new Database(file);
    for (const pragma of ['page_size=8192', 'journal_mode=wal', 'synchronous=full', 'cache_size=-262144'])
      this.#db.pragma(pragma);
  }

  async reset(collection: string, indexed: boolean): Promise<void> {
    this.#statements.delete(collection);
    this.#db.exec(`DROP TABLE IF EXISTS ${collection};
      CREATE TABLE ${collection}(rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, version INTEGER NOT NULL, doc BLOB NOT NULL)`);
    if (indexed) this.#db.exec(`CREATE INDEX ${collection}_grp ON ${collection}(doc->>'$.grp')`);
  }

  async load(collection: string, texts: readonly string[]): Promise<void> {
    const { insert } = this.#prepared(collection);
    for (let i = 0; i < texts.length; i += 1000) {
      this.#db.transaction(() => {
        for (const text of texts.slice(i, i + 1000)) insert.run(idKey(idOf(text)), text);
      })();
    }
  }

  insert(collection: string, text: string): Promise<void> {
    const { insert } = this.#prepared(collection);
    return this.#grouped(() => insert.run(idKey(idOf(text)), text));
  }

  get(collection: string, id: number): unknown {
    return JSON.parse(this.#prepared(collection).get.pluck().get(idKey(id)) as string);
  }

  async findGroup(collection: string, group: number): Promise<unknown[]> {
    const rows = this.#prepared(collection).group.pluck().all(group) as string[];
    return rows.map((row) => JSON.parse(row) as unknown);
  }

  async countAbove(collection: string, bound: number): Promise<number> {
    return this.#prepared(collection).count.pluck().get(bound) as number;
  }

  update(collection: string, id: number, score: number): Promise<void> {
    const { update } = this.#prepared(collection);
    return this.#grouped(() => update.run(score, idKey(id)));
  }

  async close(): Promise<void> {
    this.#db.close();
  }

  #prepared(collection: string): Statements {
    const known = this.#statements.get(collection);
    if (known) return known;
    const made = {
      insert: this.#db.prepare(`INSERT INTO ${collection}(id, version, doc) VALUES (?, 1, jsonb(?))`),
      get: this.#db.prepare(`SELECT json(doc) FROM ${collection} WHERE id = ?`),
      group: this.#db.prepare(`SELECT json(doc) FROM ${collection} WHERE doc->>'$.grp' = ?`),
      count: this.#db.prepare(`SELECT count(*) FROM ${collection} WHERE doc->>'$.score' > ?`),
      update: this.#db.prepare(`UPDATE ${collection} SET doc = jsonb_set(doc, '$.score', ?) WHERE id = ?`),
    };
    this.#statements.set(collection, made);
    return made;
  }

  #grouped(run: () => void): Promise<void> {
    return new Promise((done) => {
      if (this.#waiting.push({ run, done }) === 1) setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const group = this.#waiting;
    this.#waiting = [];
    for (let i = 0; i < group.length; i += 32) {
      const part = group.slice(i, i + 32);
      this.#db.transaction(() => {
        for (const { run } of part) run();
      })();
      for (const { done } of part) done();
    }
  }
}

function idOf(text: string): number {
  return Number.parseInt(text.slice(7), 10);
}

function idKey(id: number): Buffer {
  const key = Buffer.alloc(9, 0x20);
  key.writeDoubleBE(id + 1, 1);
  return key;
}
