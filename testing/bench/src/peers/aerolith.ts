import type { Database, RawDocument, Session } from '@aerolithdb/database';
import { type EmbeddedOptions, openDatabase, type RunningDatabase } from '@aerolithdb/node';
import type {
  AggregateRequest,
  CountRequest,
  Explanation,
  FindRequest,
  IndexSpec,
  ReadRequest,
  StoredText,
} from '@aerolithdb/protocol';
import type { BenchStore } from './bench-store.ts';

const BATCH = 1000;
/** Commands in flight while loading: enough that the writer never waits for the next one. */
const IN_FLIGHT = 4;

type Json = Readonly<Record<string, unknown>>;

/** A read with its parts as objects. */
export type FindAsked = Omit<FindRequest, 'kind' | 'filter' | 'projection' | 'sort'> & {
  readonly filter: Json;
  readonly projection?: Json;
  readonly sort?: Json;
};
export type CountAsked = Omit<CountRequest, 'kind' | 'filter'> & { readonly filter: Json };
export type AggregateAsked = Omit<AggregateRequest, 'kind' | 'pipeline'> & { readonly pipeline: readonly Json[] };

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
    if (indexed) await this.createIndex(collection, { name: 'grp_1', keys: [['grp', 1]] });
  }

  createIndex(collection: string, index: IndexSpec): Promise<unknown> {
    return this.#database.execute(this.#session, { type: 'createIndex', collection, index });
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

  findGroup(collection: string, group: number): Promise<unknown[]> {
    return this.find({ collection, filter: { grp: group } });
  }

  countAbove(collection: string, bound: number): Promise<number> {
    return this.count({ collection, filter: { score: { $gt: bound } } });
  }

  /** The first page, as objects. */
  async find(asked: FindAsked): Promise<unknown[]> {
    return this.#documents(findRequest(asked));
  }

  async count(asked: CountAsked): Promise<number> {
    const request = { ...asked, kind: 'count', filter: JSON.stringify(asked.filter) } as const;
    return (await this.#database.read(this.#session, request)).count ?? 0;
  }

  aggregate(asked: AggregateAsked): Promise<unknown[]> {
    return this.#documents({ ...asked, kind: 'aggregate', pipeline: JSON.stringify(asked.pipeline) });
  }

  /** What a find did, as it says itself. */
  async explain(asked: FindAsked): Promise<Explanation | undefined> {
    return (await this.#database.read(this.#session, { ...findRequest(asked), explain: true })).explain;
  }

  async explainAggregate(asked: AggregateAsked): Promise<Explanation | undefined> {
    const request = { ...asked, kind: 'aggregate', pipeline: JSON.stringify(asked.pipeline), explain: true } as const;
    return (await this.#database.read(this.#session, request)).explain;
  }

  async #documents(request: ReadRequest): Promise<unknown[]> {
    const { text } = await this.#database.read(this.#session, request);
    return JSON.parse(text ?? '[]') as unknown[];
  }

  update(collection: string, id: number, score: number): Promise<unknown> {
    const request = { type: 'update', collection, filter: `{"_id":${id}}`, update: `{"$set":{"score":${score}}}` } as const;
    return this.#database.execute(this.#session, request);
  }

  async close(): Promise<void> {
    await this.#running.close();
  }
}

function findRequest({ filter, projection, sort, ...rest }: FindAsked): FindRequest {
  return {
    ...rest,
    kind: 'find',
    filter: JSON.stringify(filter),
    ...(projection !== undefined && { projection: JSON.stringify(projection) }),
    ...(sort !== undefined && { sort: JSON.stringify(sort) }),
  };
}

function parsed(found: RawDocument | undefined): unknown {
  return found && (JSON.parse(found.text) as unknown);
}
