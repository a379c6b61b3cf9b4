import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { type Document, type IndexSpec, LIMITS, type Operation, type OperationResult, parseDocument } from '@aerolithdb/protocol';
import { type IndexRecord, readCatalogue } from '../catalogue.ts';
import { indexEntries, indexShape } from '../index-kinds/ordered/ordered-entries.ts';
import { EngineDriver, hashOf, stateLines } from '../testing/engine-driver.ts';

const DOCUMENTS = LIMITS.indexBuildAtOnce + 500;
const ROWS = 2000;
const INDEX: IndexSpec = { name: 'n', keys: [['n', 1]], unique: true };
const STEP: Operation = { type: 'buildIndex', collection: 'c', index: 'n', rows: ROWS };

let driver: EngineDriver;

beforeEach(() => {
  driver = filled();
});
afterEach(() => driver.close());

function filled(): EngineDriver {
  const made = new EngineDriver();
  made.run({ type: 'createCollection', collection: 'c', options: {} });
  for (let from = 0; from < DOCUMENTS; from += 500) {
    const documents = Array.from({ length: 500 }, (_, i) => `{"_id":${from + i},"n":${from + i}}`);
    made.run({ type: 'insert', collection: 'c', documents });
  }
  return made;
}

function create(index: IndexSpec = INDEX): void {
  assert.equal(driver.run({ type: 'createIndex', collection: 'c', index })[0]?.ok, true);
}

function step(): OperationResult {
  const [outcome] = driver.run(STEP);
  assert.ok(outcome?.ok === true);
  return outcome.result;
}

function record(): IndexRecord | undefined {
  return driver.read((connection) => readCatalogue(connection).collections.get('c')?.indexes[0]);
}

/** Every document that should be there has its entries, and nothing else has. */
function assertEntries(expected: (rid: number) => boolean = () => true): void {
  driver.read((connection) => {
    const index = readCatalogue(connection).collections.get('c')!.indexes[0]!;
    const rows = connection.prepare<[number, string]>('SELECT rid, json(doc) FROM documents_1', 'raw').all();
    const keys = (document: Document) => indexEntries(indexShape(index), document).keys;
    const wanted = rows
      .filter(([rid]) => expected(rid))
      .flatMap(([rid, text]) => keys(parseDocument(text)).map((key) => `${Buffer.from(key).toString('hex')} ${rid}`));
    const found = connection.prepare<string>(`SELECT lower(hex(key)) || ' ' || rid FROM index_${index.table}`, 'pluck').all();
    assert.deepEqual(found.sort(), wanted.sort());
  });
}

test('an index over many documents is built in steps, beside the writes', () => {
  create();
  assert.deepEqual(record()?.build, { state: 'building', built: 0, until: DOCUMENTS, done: 0, total: DOCUMENTS });
  assert.deepEqual(step(), { matched: ROWS, next: ROWS });
  driver.run(
    { type: 'update', collection: 'c', filter: '{"_id":5}', update: '{"$set":{"n":-5}}' },
    { type: 'update', collection: 'c', filter: '{"_id":9000}', update: '{"$set":{"n":-9000}}' },
    { type: 'delete', collection: 'c', filter: '{"_id":{"$in":[7,9001]}}', multi: true },
    { type: 'insert', collection: 'c', documents: ['{"_id":"new","n":-1}'] },
  );
  assertEntries((rid) => rid <= ROWS || rid > DOCUMENTS);
  let steps = 1;
  while (step().next !== undefined) steps++;
  assert.equal(steps, Math.ceil((DOCUMENTS - 1) / ROWS) - 1);
  assert.equal(record()?.build, undefined);
  assertEntries();
});

test('what a build has done is there after a restart, and it goes on', () => {
  create();
  step();
  driver.reopen();
  assert.deepEqual(record()?.build, { state: 'building', built: ROWS, until: DOCUMENTS, done: ROWS, total: DOCUMENTS });
  while (step().next !== undefined) driver.reopen();
  assertEntries();
});

test('a document that the index cannot hold ends the build, with the reason kept', () => {
  driver.run({ type: 'update', collection: 'c', filter: '{"_id":3000}', update: '{"$set":{"n":3}}' });
  create();
  step();
  assert.deepEqual(step(), { matched: 0 });
  const build = record()?.build;
  assert.ok(build?.state === 'failed');
  assert.equal(build.error.code, 'duplicate_key_value');
  const tables = driver.read((connection) =>
    connection.prepare<string>("SELECT name FROM sqlite_schema WHERE name LIKE 'index_%'", 'pluck').all(),
  );
  assert.deepEqual(tables, []);
  assert.equal(driver.run({ type: 'insert', collection: 'c', documents: ['{"_id":"x","n":1}'] })[0]?.ok, true);
  driver.run({ type: 'delete', collection: 'c', filter: '{"_id":{"$in":["x",3000]}}', multi: true });
  create();
  while (step().next !== undefined);
  assertEntries();
});

test('a write that clashes with what is built is refused', () => {
  create();
  step();
  const [clash, unbuilt] = driver.run(
    { type: 'insert', collection: 'c', documents: ['{"_id":"x","n":3}'] },
    { type: 'insert', collection: 'c', documents: ['{"_id":"y","n":9000}'] },
  );
  assert.equal(clash?.ok === false && clash.error.code, 'duplicate_key_value');
  assert.equal(unbuilt?.ok, true);
  while (step().next !== undefined);
  assert.equal(record()?.build?.state, 'failed');
});

test('an index that is being built can be dropped, and its collection too', () => {
  create();
  step();
  driver.run({ type: 'dropIndex', collection: 'c', index: 'n' });
  assert.deepEqual(step(), { matched: 0 });
  create();
  driver.run({ type: 'dropCollection', collection: 'c' });
  assert.deepEqual(step(), { matched: 0 });
});

test('the same commands give the same state, with restarts in between too', () => {
  const lines = (one: EngineDriver) => hashOf(one.read((connection) => stateLines(connection)));
  const other = filled();
  const run = (one: EngineDriver, restarts: boolean) => {
    one.run({ type: 'createIndex', collection: 'c', index: { name: 'n', keys: [['tags', -1]] } });
    for (let i = 0; i < 7; i++) {
      const update = `{"$set":{"tags":[${i},${i + 1}]}}`;
      one.run(STEP, { type: 'update', collection: 'c', filter: `{"_id":{"$mod":[${i + 3},1]}}`, update, multi: true });
      if (restarts) one.reopen();
    }
    return lines(one);
  };
  const first = run(driver, false);
  assert.equal(run(other, true), first);
  other.close();
  assert.equal(record()?.build, undefined);
  assertEntries();
});
