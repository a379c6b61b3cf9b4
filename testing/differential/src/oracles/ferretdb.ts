import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { type Document, parseValue, toCanonical, type Value } from '@aerolithdb/protocol';
import { installedFerretDb } from '../install-peers.ts';
import type { Oracle } from '../oracle.ts';
import type { AggregateCase, Answer, FindCase, Profile, Request, UpdateCase } from '../request.ts';

type Bson = Record<string, unknown>;
type Cursor = { toArray(): Promise<Bson[]> };
type Collection = {
  deleteMany(filter: Bson): Promise<unknown>;
  insertMany(documents: Bson[]): Promise<unknown>;
  find(filter: Bson, options: Bson): Cursor;
  aggregate(pipeline: Bson[]): Cursor;
  updateMany(filter: Bson, update: unknown, options: Bson): Promise<{ matchedCount: number }>;
  updateOne(filter: Bson, update: unknown, options: Bson): Promise<{ matchedCount: number }>;
};
type Client = { db(name: string): { collection(name: string): Collection }; close(): Promise<void> };
type Driver = {
  MongoClient: { connect(url: string, options: object): Promise<Client> };
  BSON: { EJSON: { parse(text: string, options: object): unknown; stringify(value: unknown, options: object): string } };
};

/** FerretDB on its SQLite backend, asked with MongoDB's own driver: another implementation of the server, with all types of BSON. */
export class FerretDb implements Oracle, AsyncDisposable {
  readonly name = 'FerretDB';
  readonly profiles: readonly Profile[] = ['flat'];
  readonly #driver: Driver;
  readonly #client: Client;
  readonly #stop: () => Promise<void>;
  #c: Bson[] = [];

  private constructor(driver: Driver, client: Client, stop: () => Promise<void>) {
    this.#driver = driver;
    this.#client = client;
    this.#stop = stop;
  }

  /** Undefined where it is not installed. */
  static async start(): Promise<FerretDb | undefined> {
    const installed = installedFerretDb();
    if (installed === undefined) return undefined;
    const driver = (await import(pathToFileURL(installed.driver).href)) as Driver;
    const folder = mkdtempSync(join(tmpdir(), 'aerolith-ferretdb-'));
    mkdirSync(join(folder, 'data'));
    const port = await freePort();
    const server = spawn(installed.program, flags(folder, port), { cwd: folder, stdio: 'ignore' });
    const stop = () => stopped(server, folder);
    await reachable(port);
    return new FerretDb(driver, await driver.MongoClient.connect(`mongodb://127.0.0.1:${port}/`, TYPED), stop);
  }

  async load(c: readonly Document[], o: readonly Document[]): Promise<void> {
    this.#c = c.map((document) => this.#bson(document) as Bson);
    await this.#fill('c', this.#c);
    await this.#fill(
      'o',
      o.map((document) => this.#bson(document) as Bson),
    );
  }

  async answer(request: Request): Promise<Answer> {
    try {
      if (request.kind === 'find') return await this.#find(request);
      if (request.kind === 'update') return await this.#update(request);
      return await this.#aggregate(request);
    } catch (error) {
      return { unsupported: String(error) };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
    await this.#stop();
  }

  async #find({ filter, projection, sort, skip, limit }: FindCase): Promise<Answer> {
    const options = {
      ...(projection === undefined ? {} : { projection: this.#bson(projection) }),
      ...(sort === undefined ? {} : { sort: this.#bson(sort) }),
      ...(skip === undefined ? {} : { skip }),
      ...(limit === undefined ? {} : { limit }),
    };
    return this.#given(this.#collection('c').find(this.#bson(filter) as Bson, options));
  }

  async #update({ filter, update, arrayFilters, multi }: UpdateCase): Promise<Answer> {
    const collection = this.#collection('c');
    const change = multi ? collection.updateMany : collection.updateOne;
    const options = arrayFilters === undefined ? {} : { arrayFilters: arrayFilters.map((each) => this.#bson(each)) };
    try {
      const { matchedCount } = await change.call(collection, this.#bson(filter) as Bson, this.#bson(update), options);
      return { ...(await this.#given(collection.find({}, {}))), matched: Number(matchedCount) };
    } finally {
      await this.#fill('c', this.#c);
    }
  }

  async #aggregate({ pipeline }: AggregateCase): Promise<Answer> {
    return this.#given(this.#collection('c').aggregate(pipeline.map((stage) => this.#bson(stage) as Bson)));
  }

  async #given(cursor: Cursor): Promise<{ documents: Document[] }> {
    const documents = await cursor.toArray();
    const texts = documents.map((document) => this.#driver.BSON.EJSON.stringify(document, { relaxed: false }));
    return { documents: texts.map((text) => parseValue(text) as Document) };
  }

  async #fill(name: string, documents: Bson[]): Promise<void> {
    await this.#collection(name).deleteMany({});
    if (documents.length > 0) await this.#collection(name).insertMany(documents);
  }

  #collection(name: string): Collection {
    return this.#client.db('differential').collection(name);
  }

  #bson(value: Value): unknown {
    return this.#driver.BSON.EJSON.parse(toCanonical(value), { relaxed: false });
  }
}

/** Numbers come with their types. */
const TYPED = { promoteValues: false, promoteLongs: false, promoteBuffers: false };

function flags(folder: string, port: number): string[] {
  const log = ['--log-level=ERROR', '--telemetry=disable', '--debug-addr=-'];
  return [
    '--handler=sqlite',
    `--sqlite-url=file:${join(folder, 'data')}/`,
    `--state-dir=${folder}`,
    `--listen-addr=127.0.0.1:${port}`,
    ...log,
  ];
}

async function stopped(server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null) {
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function reachable(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const socket = connect(port, '127.0.0.1');
    const opened = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(
      () => false,
    );
    socket.destroy();
    if (opened) return;
    await wait(50);
  }
  throw new Error('FerretDB does not listen; its log says nothing because it is off.');
}
