import { peerModule } from '../harness/install-peers.ts';
import type { BenchStore } from './bench-store.ts';

type Client = {
  connect(url: string): Promise<unknown>;
  use(target: { namespace: string; database: string }): Promise<unknown>;
  query(text: string, bindings?: Record<string, unknown>): Promise<unknown[]>;
  close(): Promise<unknown>;
};

/** SurrealDB embedded in this process, RocksDB storage, every commit synced. */
export class Surreal implements BenchStore {
  readonly name = 'SurrealDB';
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async start(folder: string): Promise<Surreal> {
    const { createNodeEngines } = (await import(peerModule('@surrealdb/node/dist/surrealdb-node.mjs'))) as {
      createNodeEngines(): object;
    };
    const { Surreal: Connection } = (await import(peerModule('surrealdb/dist/surrealdb.mjs'))) as {
      Surreal: new (options: object) => Client;
    };
    const client = new Connection({ engines: createNodeEngines() });
    await client.connect(`rocksdb://${folder}/surreal?sync=every`);
    await client.use({ namespace: 'bench', database: 'bench' });
    return new Surreal(client);
  }

  async reset(collection: string, indexed: boolean): Promise<void> {
    const index = indexed ? `; DEFINE INDEX grp ON ${collection} FIELDS grp` : '';
    await this.#client.query(`REMOVE TABLE IF EXISTS ${collection}; DEFINE TABLE ${collection} SCHEMALESS${index}`);
  }

  async load(collection: string, texts: readonly string[]): Promise<void> {
    for (let i = 0; i < texts.length; i += 1000) {
      await this.#client.query(`INSERT INTO ${collection} $docs RETURN NONE`, { docs: texts.slice(i, i + 1000).map(record) });
    }
  }

  insert(collection: string, text: string): Promise<unknown> {
    return this.#client.query(`INSERT INTO ${collection} $doc RETURN NONE`, { doc: record(text) });
  }

  async get(collection: string, id: number): Promise<unknown> {
    const [found] = await this.#client.query(`SELECT * FROM ONLY type::record("${collection}", $id)`, { id });
    return found;
  }

  async findGroup(collection: string, group: number): Promise<unknown[]> {
    const [found] = await this.#client.query(`SELECT * FROM ${collection} WHERE grp = $group`, { group });
    return found as unknown[];
  }

  async countAbove(collection: string, bound: number): Promise<number> {
    const [found] = await this.#client.query(`SELECT count() FROM ${collection} WHERE score > $bound GROUP ALL`, { bound });
    return (found as { count: number }[])[0]?.count ?? 0;
  }

  update(collection: string, id: number, score: number): Promise<unknown> {
    return retried(() =>
      this.#client.query(`UPDATE type::record("${collection}", $id) SET score = $score RETURN NONE`, { id, score }),
    );
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}

/** SurrealDB refuses concurrent updates of one record and asks the client to send them again. */
async function retried(update: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    try {
      return await update();
    } catch (error) {
      if (!String(error).includes('can be retried')) throw error;
    }
  }
}

function record(text: string): object {
  const { _id, ...rest } = JSON.parse(text) as { _id: number };
  return { id: _id, ...rest };
}
