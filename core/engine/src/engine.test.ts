import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { AerolithError, LIMITS, type Operation, type Outcome } from '@aerolithdb/protocol';
import { openWriter } from '@aerolithdb/storage';
import { Engine } from './engine.ts';
import { EngineDriver, stateLines } from './testing/engine-driver.ts';
import { type Faults, openFailingWriter } from './testing/failing-writer.ts';

function driverFor(context: TestContext): EngineDriver {
  const driver = new EngineDriver();
  context.after(() => driver.close());
  driver.run({ type: 'createCollection', collection: 'c', options: {} });
  return driver;
}

function withFaults(driver: EngineDriver): Faults {
  let faults: Faults | undefined;
  driver.reopenWith((folder) => {
    const failing = openFailingWriter(folder);
    faults = failing.faults;
    return Engine.over(failing.writer);
  });
  assert.ok(faults !== undefined);
  return faults;
}

const insert = (...ids: readonly number[]): Operation => ({
  type: 'insert',
  collection: 'c',
  documents: ids.map((id) => `{"_id":${id}}`),
});

function codeOf(outcome: Outcome | undefined): string {
  assert.ok(outcome !== undefined);
  return outcome.ok ? 'ok' : outcome.error.code;
}

function thrownCode(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AerolithError) return error.code;
    throw error;
  }
  return 'none';
}

const state = (driver: EngineDriver) => driver.read((connection) => stateLines(connection));

test('a commit that fails leaves no trace in the file or in memory', (context) => {
  const driver = driverFor(context);
  driver.run({ type: 'createIndex', collection: 'c', index: { name: 'n', keys: [['n', 1]] } }, insert(1));
  const before = state(driver);
  const head = driver.engine.head();
  const faults = withFaults(driver);
  faults.failCommit = true;
  const lost = [
    driver.command(insert(2), 'lost'),
    driver.command({ type: 'createCollection', collection: 'd', options: {} }),
    driver.command({ type: 'dropIndex', collection: 'c', index: 'n' }),
  ];
  assert.equal(
    thrownCode(() => driver.block(lost)),
    'storage_failed',
  );
  assert.deepEqual(driver.engine.head(), head);
  assert.deepEqual(state(driver), before);
  faults.failCommit = false;
  const again = driver.block(lost);
  assert.deepEqual(again.map(codeOf), ['ok', 'ok', 'ok']);
  assert.ok(again.every((outcome) => outcome.ok && outcome.repeated === undefined));
});

test('a rollback that fails is repeated before the next block', (context) => {
  const driver = driverFor(context);
  const faults = withFaults(driver);
  faults.failCommit = true;
  faults.failRollback = true;
  assert.equal(
    thrownCode(() => driver.run(insert(1))),
    'storage_failed',
  );
  assert.equal(
    thrownCode(() => driver.run(insert(1))),
    'storage_failed',
  );
  faults.failRollback = false;
  faults.failCommit = false;
  assert.deepEqual(driver.run(insert(1)).map(codeOf), ['ok']);
  assert.equal(driver.engine.head().height, 2);
});

test('a fault in the middle of apply leaves no trace', (context) => {
  const driver = driverFor(context);
  const before = state(driver);
  const faults = withFaults(driver);
  faults.failBlockWrite = true;
  assert.equal(
    thrownCode(() => driver.run(insert(1, 2, 3))),
    'storage_failed',
  );
  faults.failBlockWrite = false;
  assert.deepEqual(state(driver), before);
  assert.deepEqual(driver.run(insert(1, 2, 3)).map(codeOf), ['ok']);
});

test('a full disk refuses the block by name; writes resume when there is space', (context) => {
  const driver = driverFor(context);
  const writer = openWriter(driver.folder);
  driver.reopenWith(() => Engine.over(writer));
  writer.exec('PRAGMA max_page_count=60');
  const big: Operation = { type: 'insert', collection: 'c', documents: [`{"_id":1,"text":"${'é'.repeat(400_000)}"}`] };
  assert.equal(
    thrownCode(() => driver.run(big)),
    'storage_full',
  );
  assert.deepEqual(driver.run(insert(2)).map(codeOf), ['ok']);
  writer.exec('PRAGMA max_page_count=4294967294');
  assert.deepEqual(driver.run(big).map(codeOf), ['ok']);
});

test('another process that writes is named', (context) => {
  const driver = driverFor(context);
  const other = openWriter(driver.folder);
  other.begin();
  assert.equal(
    thrownCode(() => driver.run(insert(1))),
    'data_in_use',
  );
  other.rollback();
  other.close();
  assert.deepEqual(driver.run(insert(1)).map(codeOf), ['ok']);
});

test('a block that was applied and not committed is undone by close', (context) => {
  const driver = driverFor(context);
  const { height, time, hash } = driver.engine.head();
  driver.engine.apply({ height: height + 1, time, previousHash: hash, commands: [driver.command(insert(1))] });
  driver.reopen();
  assert.equal(driver.engine.head().height, height);
  assert.deepEqual(driver.run(insert(1)).map(codeOf), ['ok']);
});

test('a block that does not follow the head is refused before anything happens', (context) => {
  const driver = driverFor(context);
  const { height, time, hash } = driver.engine.head();
  const apply = (change: object) =>
    driver.engine.apply({ height: height + 1, time, previousHash: hash, commands: [], ...change });
  assert.throws(() => apply({ height: height + 2 }), /does not follow/);
  assert.throws(() => apply({ previousHash: '0'.repeat(64) }), /links to/);
  assert.throws(() => apply({ time: time - 1 }), /before/);
  assert.deepEqual(driver.run(insert(1)).map(codeOf), ['ok']);
});

test('a block without commands or changes has its place in the chain', (context) => {
  const driver = driverFor(context);
  const before = driver.engine.head();
  driver.block([]);
  assert.deepEqual(driver.run(insert(1, 1)).map(codeOf), ['duplicate_id']);
  assert.equal(driver.engine.head().height, before.height + 2);
  assert.notEqual(driver.engine.head().hash, before.hash);
});

test('row ids are not used again after the last row is deleted', (context) => {
  const driver = driverFor(context);
  driver.run(insert(1, 2, 3));
  driver.run({ type: 'delete', collection: 'c', filter: '{"_id":3}' });
  driver.reopen();
  driver.run(insert(4));
  const rids = driver.read((connection) => connection.prepare<number>('SELECT rid FROM documents_1 ORDER BY rid', 'pluck').all());
  assert.deepEqual(rids, [1, 2, 4]);
});

test('an update of many documents stops at the limit of a command and goes on after `next`', (context) => {
  const driver = driverFor(context);
  const batches = 9;
  for (let batch = 0; batch < batches; batch++) driver.run(insert(...Array.from({ length: 1000 }, (_, i) => batch * 1000 + i)));
  const touch = (afterRow?: number): Operation => ({
    type: 'update',
    collection: 'c',
    filter: '{}',
    update: '{"$inc":{"n":1}}',
    multi: true,
    ...(afterRow === undefined ? {} : { afterRow }),
  });
  const [first] = driver.run(touch());
  assert.ok(first?.ok && first.result.next !== undefined);
  assert.equal(first.result.modified, LIMITS.changesPerCommand);
  const [second] = driver.run(touch(first.result.next));
  assert.ok(second?.ok);
  assert.deepEqual(second.result, { matched: 9000 - LIMITS.changesPerCommand, modified: 9000 - LIMITS.changesPerCommand });
  const once = driver.read((connection) =>
    connection.prepare<number>("SELECT count(*) FROM documents_1 WHERE doc ->> '$.n' = 1", 'pluck').get(),
  );
  assert.equal(once, 9000);
  assert.deepEqual(
    driver.run({ type: 'transaction', operations: [{ type: 'delete', collection: 'c', filter: '{}', multi: true }] }).map(codeOf),
    ['too_many_changes'],
  );
  const full = driver.run(touch(), touch(), touch());
  assert.deepEqual(full.map(codeOf), ['ok', 'ok', 'overloaded']);
});

test('the window forgets the oldest blocks first and keeps at least its size, also after a restart', (context) => {
  const driver = driverFor(context);
  const again = (at: number) => driver.block([driver.command(insert(at * 2), `a${at}`)])[0]!;
  driver.reopenWith((folder) => Engine.over(openWriter(folder), 5));
  for (let at = 1; at <= 6; at++)
    driver.block([driver.command(insert(at * 2), `a${at}`), driver.command(insert(at * 2 + 1), `b${at}`)]);
  for (const restarted of [false, true]) {
    if (restarted) driver.reopenWith((folder) => Engine.over(openWriter(folder), 5));
    const kept = again(4);
    assert.ok(kept.ok && kept.repeated === true);
    assert.equal(codeOf(again(3)), 'duplicate_id');
  }
});
