import type { Database, RawDocument, Session } from '@aerolithdb/database';
import { type EmbeddedOptions, openDatabase, type RunningDatabase } from '@aerolithdb/node';
import type { StoredText } from '@aerolithdb/protocol';
import type { BenchStore } from './bench-store.ts';

const BATCH = 1000;
/** Commands in flight while loading: enough that the writer never waits for the next one. */
const IN_FLIGHT = 4;

/** AerolithDB in this process, through its door, with history, ledger and command ids as always. */
export class Aerolith implements BenchStore {
  readonly name = 'AerolithDB';
  readonly #running: RunningDatabase;
  readonly #database: Database;
  readonly #session: Session;

  private constructor(running: RunningDatabase) {
    this.#running = running;
    this.#database = running.database;
    this.#session = running.session;
  }

  static async open(folder: string, options: EmbeddedOptions = {}): Promise<Aerolith> {
    return new Aerolith(await openDatabase(folder, options));
  }

  async reset(collection: string, indexed: boolean): Promise<void> {
    const known = await this.#database.collections(this.#session);
    if (known.some(({ name }) => name === collection))
      await this.#database.execute(this.#session, { type: 'dropCollection', collection });
    await this.#database.execute(this.#session, { type: 'createCollection', collection, options: {} });
    if (!indexed) return;
    await this.#database.execute(this.#session, {
      type: 'createIndex',
      collection,
      index: { name: 'grp_1', keys: [['grp', 1]] },
    });
  }

  async load(collection: string, texts: readonly string[]): Promise<void> {
    let next = 0;
    const loader = async (): Promise<void> => {
      while (next < texts.length) {
        const documents = texts.slice(next, next + BATCH);
        next += BATCH;
        await this.#database.execute(this.#session, { type: 'insert', collection, documents });
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, loader));
  }

  insert(collection: string, text: StoredText): Promise<unknown> {
    return this.#database.execute(this.#session, { type: 'insert', collection, documents: [text] });
  }

  get(collection: string, id: number): unknown {
    const found = this.#database.getRaw(this.#session, collection, String(id));
    if (found instanceof Promise) return found.then(parsed);
    return parsed(found);
  }

  async findGroup(collection: string, group: number): Promise<unknown[]> {
    const answer = await this.#database.read(this.#session, { kind: 'find', collection, filter: `{"grp":${group}}` });
    return JSON.parse(answer.text ?? '[]') as unknown[];
  }

  async countAbove(collection: string, bound: number): Promise<number> {
    const answer = await this.#database.read(this.#session, { kind: 'count', collection, filter: `{"score":{"$gt":${bound}}}` });
    return answer.count ?? 0;
  }

  update(collection: string, id: number, score: number): Promise<unknown> {
    const request = { type: 'update', collection, filter: `{"_id":${id}}`, update: `{"$set":{"score":${score}}}` } as const;
    return this.#database.execute(this.#session, request);
  }

  async close(): Promise<void> {
    await this.#running.close();
  }
}

function parsed(found: RawDocument | undefined): unknown {
  return found && (JSON.parse(found.text) as unknown);
}
