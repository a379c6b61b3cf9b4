import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Database, type Session, type WatchedChange } from '@aerolithdb/database';
import { Engine } from '@aerolithdb/engine';
import { Reader } from '@aerolithdb/engine/read';
import { SingleLog } from '@aerolithdb/log';
import { Backups } from './backup/backups.ts';
import { Exports } from './exporting/exports.ts';
import { LocalStreamSlots } from './streaming/stream-slots.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A database in one thread, whose blocks become durable when the test lets them: applied and readable, and not yet synced. */
class HeldDatabase {
  readonly database: Database;
  readonly session: Session;
  readonly #folder = temporaryFolder();
  readonly #engine = Engine.open(this.#folder.path, {});
  readonly #reader = Reader.open(this.#folder.path, {});
  readonly #pool = Reader.open(this.#folder.path, {});
  readonly #log: SingleLog;
  #held: PromiseWithResolvers<void> | undefined;

  constructor() {
    const engine = this.#engine;
    const machine = {
      head: () => engine.head(),
      apply: (block: Parameters<Engine['apply']>[0]) => engine.apply(block),
      commit: () => engine.commit(),
      flush: async () => {
        await this.#held?.promise;
        await engine.flush();
      },
    };
    this.#log = new SingleLog({
      machine,
      now: Date.now,
      schedule: setImmediate,
      waitingCommandsMax: 1000,
      waitingBytesMax: 1_000_000,
    });
    this.database = new Database({
      log: this.#log,
      reader: this.#reader,
      pool: { read: async (request) => this.#pool.read(request) },
      now: Date.now,
      randomBytes,
      storageFigures: () => ({ fileBytes: 0, walBytes: 0 }),
      version: 'test',
      backups: new Backups(this.#folder.path, 'test', new LocalStreamSlots()),
      exports: new Exports(this.#folder.path, new LocalStreamSlots()),
    });
    this.session = this.database.localSession();
  }

  hold(): void {
    this.#held = Promise.withResolvers();
  }

  release(): void {
    this.#held?.resolve();
    this.#held = undefined;
  }

  insert(document: string) {
    return this.database.execute(this.session, { type: 'insert', collection: 'c', documents: [document] });
  }

  /** Resolves once a reader sees this height, which may not be durable. */
  async applied(height: number): Promise<void> {
    while (this.#reader.head().height < height) await new Promise((resolve) => setImmediate(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
    this.database.close();
    await this.#log.close();
    this.#reader.close();
    this.#pool.close();
    this.#engine.close();
    this.#folder[Symbol.dispose]();
  }
}

/** Whether a promise has settled, after everything that could run has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const note = () => {
    settled = true;
  };
  promise.then(note, note);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

test('no answer leaves before what it saw is durable, and then it holds what it saw', async () => {
  await using held = new HeldDatabase();
  const { database, session } = held;
  await database.execute(session, { type: 'createCollection', collection: 'c', options: {} });
  await held.insert('{"_id":1}');
  const stream = database.watch(session, { collection: 'c' });
  const { height } = database.head();
  held.hold();
  const written = held.insert('{"_id":2}');
  await held.applied(height + 1);
  assert.equal(database.head().height, height, 'it is not durable');

  const next = stream.next();
  const answers = {
    written,
    next,
    get: database.read(session, { kind: 'get', collection: 'c', id: '2' }),
    none: database.read(session, { kind: 'get', collection: 'c', id: '3' }),
    few: database.read(session, { kind: 'find', collection: 'c', filter: '{"_id":2}' }),
    find: database.read(session, { kind: 'find', collection: 'c' }),
    count: database.read(session, { kind: 'count', collection: 'c' }),
    raw: Promise.resolve(database.getRaw(session, 'c', '2')),
    noneRaw: Promise.resolve(database.getRaw(session, 'c', '3')),
  };
  for (const [name, answer] of Object.entries(answers)) assert.equal(await isSettled(answer), false, `${name} left early`);
  // What was written before the block that is held may go out at once: the version says which block it came from.
  const old = database.getRaw(session, 'c', '1');
  assert.ok(old !== undefined && !(old instanceof Promise));

  held.release();
  assert.deepEqual((await written).result, { ids: ['2'] });
  assert.equal((await answers.get).text, '{"_id":2}');
  assert.equal((await answers.none).text, undefined);
  assert.equal((await answers.few).text, '[{"_id":2}]');
  assert.equal((await answers.find).text, '[{"_id":1},{"_id":2}]');
  assert.equal((await answers.count).count, 2);
  assert.equal((await answers.raw)?.text, '{"_id":2}');
  assert.equal(await answers.noneRaw, undefined);
  const change: WatchedChange | undefined = (await next).value ?? undefined;
  assert.match(change?.text ?? '', /"document":\{"_id":2\}/);
  assert.equal(database.head().height, height + 1);
});
