import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { peerModule } from '../harness/install-peers.ts';
import type { BenchStore } from './bench-store.ts';

type Query = { name?: string; text: string; values?: unknown[] };
type Pool = {
  query(query: Query): Promise<{ rows: Record<string, unknown>[] }>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  end(): Promise<void>;
};

const CLIENTS = 32;

/** PostgreSQL 15 with JSONB: its own server on loopback, `synchronous_commit=on`, a pool of 32 clients, prepared statements. */
export class Postgres implements BenchStore {
  readonly name = 'PostgreSQL 15';
  readonly #pool: Pool;
  readonly #stop: () => Promise<void>;

  private constructor(pool: Pool, stop: () => Promise<void>) {
    this.#pool = pool;
    this.#stop = stop;
  }

  static async start(folder: string): Promise<Postgres> {
    const { port, stop } = await startServer(folder);
    const { default: pg } = (await import(peerModule('pg/lib/index.js'))) as { default: { Pool: new (options: object) => Pool } };
    const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres', max: CLIENTS });
    await retried(() => pool.query({ text: 'SELECT 1' }));
    return new Postgres(pool, stop);
  }

  async reset(collection: string, indexed: boolean): Promise<void> {
    await this.run(
      `DROP TABLE IF EXISTS ${collection}`,
      `CREATE TABLE ${collection}(id bigint PRIMARY KEY, doc jsonb NOT NULL)`,
      ...(indexed ? [`CREATE INDEX ${collection}_grp ON ${collection}(((doc->>'grp')::bigint))`] : []),
    );
  }

  async load(collection: string, texts: readonly string[]): Promise<void> {
    const batches: string[][] = [];
    for (let i = 0; i < texts.length; i += 1000) batches.push(texts.slice(i, i + 1000));
    const text = `INSERT INTO ${collection} SELECT (d->>'_id')::bigint, d FROM unnest($1::jsonb[]) AS d`;
    const loader = async (): Promise<void> => {
      for (let batch = batches.shift(); batch; batch = batches.shift())
        await this.#pool.query({ name: `load_${collection}`, text, values: [batch] });
    };
    await Promise.all([loader(), loader(), loader(), loader()]);
    await this.#pool.query({ text: `VACUUM ANALYZE ${collection}` });
  }

  insert(collection: string, text: string): Promise<unknown> {
    const values = [Number.parseInt(text.slice(7), 10), text];
    return this.#pool.query({ name: `insert_${collection}`, text: `INSERT INTO ${collection} VALUES ($1, $2)`, values });
  }

  async get(collection: string, id: number): Promise<unknown> {
    const { rows } = await this.#pool.query({
      name: `get_${collection}`,
      text: `SELECT doc FROM ${collection} WHERE id = $1`,
      values: [id],
    });
    return rows[0]?.doc;
  }

  async findGroup(collection: string, group: number): Promise<unknown[]> {
    const text = `SELECT doc FROM ${collection} WHERE (doc->>'grp')::bigint = $1`;
    const { rows } = await this.#pool.query({ name: `group_${collection}`, text, values: [group] });
    return rows.map((row) => row.doc);
  }

  async countAbove(collection: string, bound: number): Promise<number> {
    const text = `SELECT count(*) FROM ${collection} WHERE (doc->>'score')::bigint > $1`;
    const { rows } = await this.#pool.query({ name: `count_${collection}`, text, values: [bound] });
    return Number(rows[0]?.count);
  }

  update(collection: string, id: number, score: number): Promise<unknown> {
    const text = `UPDATE ${collection} SET doc = jsonb_set(doc, '{score}', to_jsonb($2::bigint)) WHERE id = $1`;
    return this.#pool.query({ name: `update_${collection}`, text, values: [id, score] });
  }

  /** Objects of the column `doc`, or whole rows where there is none. The statement is prepared once a client. */
  async documents(text: string, values: unknown[] = []): Promise<unknown[]> {
    const { rows } = await this.#pool.query({ name: createHash('sha1').update(text).digest('hex'), text, values });
    return rows.map((row) => row.doc ?? row);
  }

  /** Runs statements that give nothing. */
  async run(...texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.#pool.query({ text });
  }

  async close(): Promise<void> {
    // The pool resolves before its clients have hung up; the server then tells them that it stops.
    this.#pool.on('error', () => undefined);
    await this.#pool.end();
    await this.#stop();
  }
}

/** The folder of PostgreSQL's programs, or undefined where it is not installed. */
export function postgresPrograms(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort() : [];
  return versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
}

/** Whether the server's PostGIS is installed. */
export function hasPostgis(): boolean {
  const root = '/usr/share/postgresql';
  const versions = existsSync(root) ? readdirSync(root) : [];
  return versions.some((version) => existsSync(join(root, version, 'extension', 'postgis.control')));
}

async function startServer(folder: string): Promise<{ port: number; stop: () => Promise<void> }> {
  const programs = postgresPrograms();
  if (!programs) throw new Error('PostgreSQL is not installed: install postgresql-15 to compare with it');
  const data = join(folder, 'postgres');
  const owner = serverOwner();
  mkdirSync(data, { recursive: true });
  if (owner.uid !== undefined) chownSync(data, owner.uid, owner.gid!);
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'], {
    ...owner,
    cwd: data,
    stdio: 'ignore',
  });
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${data}`,
    'shared_buffers=512MB',
    'synchronous_commit=on',
    'fsync=on',
    'max_wal_size=4GB',
  ];
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...owner,
    cwd: data,
    stdio: 'ignore',
  });
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    server.kill('SIGINT');
    await gone;
  };
  return { port, stop };
}

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`. */
function serverOwner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

async function retried(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
