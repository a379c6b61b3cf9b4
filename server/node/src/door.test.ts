import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Database, Session } from '@aerolithdb/database';
import { LIMITS, parseDocument, parseValue, type Role, toStored } from '@aerolithdb/protocol';
import { openDatabase } from './open-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function withDatabase(work: (database: Database, session: Session) => Promise<void>): Promise<void> {
  using folder = temporaryFolder();
  await using running = await openDatabase(folder.path);
  const { database, session } = running;
  await database.execute(session, { type: 'createCollection', collection: 'cities', options: {} });
  await work(database, session);
}

const doc = parseDocument;
const insert = (text: string) => ({ type: 'insert', collection: 'cities', documents: [doc(text)] }) as const;

test('a document gets an _id, first', () =>
  withDatabase(async (database, session) => {
    const { result } = await database.execute(session, insert('{"name":"Bern"}'));
    const found = await database.read(session, { kind: 'get', collection: 'cities', id: result.ids![0]! });
    assert.match(found.text!, /^\{"_id":\{"\$oid":"[0-9a-f]{24}"\},"name":"Bern"\}$/);
    const moved = await database.execute(session, insert('{"name":"Genf","_id":7}'));
    assert.deepEqual(moved.result.ids, ['7']);
    assert.equal((await database.getRaw(session, 'cities', '7'))!.text, '{"_id":7,"name":"Genf"}');
    assert.equal((await database.getRaw(session, 'cities', '7'))!.version, moved.receipt.version);
    assert.equal(await database.getRaw(session, 'cities', '8'), undefined);
  }));

test('a command sent again with its id is answered and not applied again, though ids are made', () =>
  withDatabase(async (database, session) => {
    const options = { commandId: 'retry-1' };
    const first = await database.execute(session, insert('{"name":"Bern"}'), options);
    const again = await database.execute(session, insert('{"name":"Bern"}'), options);
    assert.deepEqual(again, { ...first, repeated: true });
    assert.equal((await database.read(session, { kind: 'count', collection: 'cities' })).count, 1);
    await assert.rejects(database.execute(session, insert('{"name":"Genf"}'), options), { code: 'command_id_reused' });
    const upsert = {
      type: 'update',
      collection: 'cities',
      filter: doc('{"name":"Basel"}'),
      update: doc('{"$set":{"a":1}}'),
      upsert: true,
    } as const;
    const made = await database.execute(session, upsert, { commandId: 'retry-2' });
    assert.deepEqual((await database.execute(session, upsert, { commandId: 'retry-2' })).result, made.result);
    const user = { name: 'ann', password: 'correct horse', grants: { cities: 'reader' } } as const;
    const created = await database.createUser(session, user, { commandId: 'retry-3' });
    assert.deepEqual((await database.createUser(session, user, { commandId: 'retry-3' })).receipt, created.receipt);
  }));

test('an update or delete of more documents than one command may change goes on until none is left', () =>
  withDatabase(async (database, session) => {
    const count = LIMITS.changesPerCommand + 1500;
    for (let first = 0; first < count; first += LIMITS.batchDocuments) {
      const size = Math.min(LIMITS.batchDocuments, count - first);
      const documents = Array.from({ length: size }, (_, n) => `{"_id":${first + n},"n":0}`);
      await database.execute(session, { type: 'insert', collection: 'cities', documents });
    }
    const update = {
      type: 'update',
      collection: 'cities',
      filter: doc('{}'),
      update: doc('{"$inc":{"n":1}}'),
      multi: true,
    } as const;
    const updated = await database.execute(session, update, { commandId: 'all' });
    assert.deepEqual(updated.result, { matched: count, modified: count });
    assert.equal(updated.receipt.commandId, 'all');
    const again = await database.execute(session, update, { commandId: 'all' });
    assert.deepEqual(again.result, updated.result);
    const filter = '{"n":1}';
    assert.equal((await database.read(session, { kind: 'count', collection: 'cities', filter })).count, count);
    const gone = await database.execute(session, { type: 'delete', collection: 'cities', filter: doc('{}'), multi: true });
    assert.equal(gone.result.deleted, count);
    assert.equal((await database.read(session, { kind: 'count', collection: 'cities' })).count, 0);
  }));

test('a bulk of any size is carried out in order, and sent again it has the same outcomes', () =>
  withDatabase(async (database, session) => {
    const count = LIMITS.changesPerCommand + 500;
    const documents = (first: number, size: number) => Array.from({ length: size }, (_, n) => `{"_id":${first + n},"n":0}`);
    const operations = [
      ...Array.from(
        { length: count / 4 },
        (_, n) => ({ type: 'insert', collection: 'cities', documents: documents(n * 4, 4) }) as const,
      ),
      { type: 'update', collection: 'cities', filter: '{}', update: '{"$inc":{"n":1}}', multi: true },
      { type: 'delete', collection: 'cities', filter: '{"n":0}', multi: true },
      { type: 'insert', collection: 'cities', documents: ['{"_id":1}'] },
      { type: 'insert', collection: 'cities', documents: ['{"_id":"never"}'] },
    ] as const;
    const bulk = { type: 'bulk', operations } as const;
    const { result, receipt } = await database.execute(session, bulk, { commandId: 'large' });
    const outcomes = result.outcomes!;
    assert.equal(outcomes.length, operations.length - 1);
    const [updated, deleted, refused] = outcomes.slice(-3);
    assert.deepEqual(updated?.ok && updated.result, { matched: count, modified: count });
    assert.deepEqual(deleted?.ok && deleted.result, { deleted: 0 });
    assert.equal(refused?.ok === false && refused.error.code, 'duplicate_id');
    assert.equal(receipt.commandId, 'large');
    assert.ok(outcomes[0]?.ok && outcomes[0].receipt.height < receipt.height);
    await database.execute(session, { type: 'delete', collection: 'cities', filter: doc('{}'), multi: true });
    assert.deepEqual(await database.execute(session, bulk, { commandId: 'large' }), { receipt, result });
    assert.equal((await database.read(session, { kind: 'count', collection: 'cities' })).count, 0);
  }));

test('an operation of a bulk that finds no room in its command stands whole in the next one', () =>
  withDatabase(async (database, session) => {
    const size = LIMITS.batchDocuments;
    const operations = Array.from({ length: 10 }, (_, batch) => {
      const documents = Array.from({ length: size }, (_document, n) => `{"_id":${batch * size + n}}`);
      return { type: 'insert', collection: 'cities', documents } as const;
    });
    const { result } = await database.execute(session, { type: 'bulk', operations });
    const receipts = result.outcomes!.map((outcome) => (outcome.ok ? outcome.receipt : assert.fail(outcome.error.message)));
    assert.equal(receipts.length, operations.length);
    const fit = Math.floor(LIMITS.changesPerCommand / size);
    const [first, second] = [receipts[fit - 1]!, receipts[fit]!];
    assert.equal(receipts[0]!.height, first.height);
    assert.ok(second.height > first.height);
    assert.equal((await database.read(session, { kind: 'count', collection: 'cities' })).count, operations.length * size);
  }));

test('the document that a write gives back is the same when it is sent again, and shown by a projection', () =>
  withDatabase(async (database, session) => {
    await database.execute(session, insert('{"_id":1,"n":1,"name":"Bern"}'));
    const take = {
      type: 'update',
      collection: 'cities',
      filter: '{"_id":1}',
      update: '{"$inc":{"n":1}}',
      returning: 'after',
      projection: '{"n":1}',
    } as const;
    const first = await database.execute(session, take, { commandId: 'take' });
    assert.equal(first.result.document, '{"_id":1,"n":2}');
    await database.execute(session, { type: 'delete', collection: 'cities', filter: '{}' });
    assert.equal((await database.execute(session, take, { commandId: 'take' })).result.document, '{"_id":1,"n":2}');
    const { returning: _returning, ...unasked } = take;
    await assert.rejects(database.execute(session, unasked), { code: 'invalid_request' });
    await assert.rejects(database.execute(session, { ...take, projection: '{"a":1,"b":0}' }), { code: 'invalid_projection' });
    const inside = { type: 'bulk', operations: [take] } as const;
    await assert.rejects(database.execute(session, inside), { code: 'invalid_command' });
  }));

test('what is too large or malformed is refused by name and changes nothing', () =>
  withDatabase(async (database, session) => {
    const { height } = database.head();
    const big = `{"_id":1,"text":"${'x'.repeat(LIMITS.documentBytes)}"}`;
    const many = Array.from({ length: LIMITS.batchDocuments + 1 }, () => doc('{"a":1}'));
    const half = `{"_id":1,"text":"${'x'.repeat(LIMITS.documentBytes / 2)}"}`;
    const cases = [
      [insert(big), 'document_too_large'],
      [{ type: 'insert', collection: 'cities', documents: many }, 'batch_too_large'],
      [{ type: 'insert', collection: 'cities', documents: Array.from({ length: 9 }, () => half) }, 'batch_too_large'],
      [{ type: 'insert', collection: 'cities', documents: [] }, 'invalid_command'],
      [{ type: 'transaction', operations: [] }, 'invalid_command'],
      [insert('{"$name":1}'), 'invalid_field_name'],
      [{ ...insert('{"a":1}'), collection: 'no/name' }, 'invalid_name'],
      [{ type: 'createCollection', collection: '', options: {} }, 'invalid_name'],
    ] as const;
    for (const [request, code] of cases) await assert.rejects(database.execute(session, request), { code }, code);
    await assert.rejects(database.execute(session, insert('{"a":1}'), { commandId: 'no spaces' }), { code: 'invalid_command' });
    assert.equal(database.head().height, height);
  }));

test('the error of an outcome is thrown', () =>
  withDatabase(async (database, session) => {
    await database.execute(session, insert('{"_id":1}'));
    await assert.rejects(database.execute(session, insert('{"_id":1}')), { code: 'duplicate_id' });
    await assert.rejects(database.execute(session, { ...insert('{"_id":1}'), collection: 'citys' }), {
      code: 'unknown_collection',
    });
    const replace = { type: 'replace', collection: 'cities', id: '1', document: doc('{"a":1}'), ifVersion: 5 } as const;
    await assert.rejects(database.execute(session, replace), { code: 'version_conflict' });
  }));

async function newUser(database: Database, session: Session, role: Role): Promise<Session> {
  await database.createUser(session, { name: role, password: 'correct horse', grants: { cities: role } });
  return database.authenticate({ kind: 'password', user: role, password: 'correct horse' });
}

test('each role may do what its row of the table says', () =>
  withDatabase(async (database, session) => {
    const index = { name: 'n_1', keys: [['n', 1]] } as const;
    const acts: readonly [string, (by: Session) => Promise<unknown>][] = [
      ['reader', (by) => database.read(by, { kind: 'find', collection: 'cities' })],
      ['reader', async (by) => database.getRaw(by, 'cities', '1')],
      ['reader', (by) => database.collection(by, 'cities')],
      ['writer', (by) => database.execute(by, insert('{"a":1}'))],
      ['writer', (by) => database.execute(by, { type: 'transaction', operations: [insert('{"a":1}')] })],
      ['owner', (by) => database.execute(by, { type: 'createIndex', collection: 'cities', index })],
      ['owner', (by) => database.execute(by, { type: 'alterCollection', collection: 'cities', options: {} })],
      ['nobody', (by) => database.execute(by, { ...insert('{"a":1}'), collection: 'secrets' })],
      ['nobody', (by) => database.read(by, { kind: 'block', height: 1 })],
      ['nobody', (by) => database.principals(by)],
      ['nobody', (by) => database.createToken(by, { name: 't', grants: { '*': 'admin' } })],
      ['nobody', (by) => database.removePrincipal(by, 'admin')],
      ['nobody', async (by) => database.watch(by, {})],
    ];
    const order = ['reader', 'writer', 'owner', 'admin', 'nobody'];
    for (const role of ['reader', 'writer', 'owner', 'admin'] as const) {
      const by = await newUser(database, session, role);
      for (const [number, [needed, act]] of acts.entries()) {
        const name = `${role}, act ${number}`;
        if (order.indexOf(role) >= order.indexOf(needed)) await assert.doesNotReject(act(by), name);
        else await assert.rejects(act(by), { code: 'forbidden' }, name);
      }
    }
  }));

test('a session ends with its principal', () =>
  withDatabase(async (database, session) => {
    const { token } = await database.createToken(session, { name: 'feed', grants: { '*': 'reader' } });
    const feed = await database.authenticate({ kind: 'token', token });
    assert.deepEqual(
      (await database.collections(feed)).map(({ name }) => name),
      ['cities'],
    );
    const stream = database.watch(feed, { since: 0 });
    assert.equal((await stream.next()).done, false);
    const next = stream.next();
    await database.removePrincipal(session, 'feed');
    await assert.rejects(next, { code: 'unauthenticated', message: /"feed" has expired or was removed/ });
    await assert.rejects(database.collections(feed), { code: 'unauthenticated' });
    await assert.rejects(database.authenticate({ kind: 'token', token }), { code: 'unauthenticated' });
    await assert.rejects(database.removePrincipal(session, 'feed'), { code: 'unknown_principal' });
  }));

test('a principal that has expired is refused', () =>
  withDatabase(async (database, session) => {
    const { token } = await database.createToken(session, { name: 'old', grants: { '*': 'reader' }, expiresAt: 1 });
    await assert.rejects(database.authenticate({ kind: 'token', token }), { code: 'unauthenticated', message: /has expired/ });
  }));

test('secrets are not shown and bad principals are refused', () =>
  withDatabase(async (database, session) => {
    const user = { name: 'ann', password: 'correct horse', grants: { cities: 'reader' } } as const;
    await database.createUser(session, user);
    assert.deepEqual(await database.principals(session), [{ name: 'ann', kind: 'user', grants: { cities: 'reader' } }]);
    await assert.rejects(database.createUser(session, { ...user, password: 'short' }), { code: 'invalid_request' });
    await assert.rejects(database.createUser(session, { ...user, name: '' }), { code: 'invalid_name' });
    await assert.rejects(database.createUser(session, { ...user, grants: {} }), { code: 'invalid_request' });
    const grants = parseGrants('{"cities":"reeder"}');
    await assert.rejects(database.createUser(session, { ...user, grants }), { code: 'invalid_request', message: /"reader"/ });
  }));

function parseGrants(text: string): Record<string, Role> {
  return JSON.parse(text) as Record<string, Role>;
}

test('an id of any type finds its document', () =>
  withDatabase(async (database, session) => {
    for (const id of ['"a"', '1', '1.5', 'true', '{"$date":5}', '{"a":[1,2]}', '{"$oid":"0123456789abcdef01234567"}', 'null']) {
      const document = `{"_id":${id},"x":1}`;
      await database.execute(session, insert(document));
      const stored = toStored(parseValue(id));
      assert.ok(await database.getRaw(session, 'cities', stored), id);
    }
  }));
