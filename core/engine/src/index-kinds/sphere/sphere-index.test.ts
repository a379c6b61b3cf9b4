import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeBackup, restoreInto } from '../../backup/testing/made-backup.ts';
import { Inspection } from '../../inspect/index.ts';
import { Reader } from '../../read/reader.ts';
import { ScratchDatabase } from '../../read/scratch-database.ts';

const POINT = '{"type":"Point","coordinates":[10,50]}';

function databaseWithIndex(): ScratchDatabase {
  const database = new ScratchDatabase();
  database.run([{ type: 'createCollection', collection: 'c', options: {} }]);
  database.run([{ type: 'createIndex', collection: 'c', index: { name: 'at_2dsphere', keys: [['at', '2dsphere']] } }]);
  return database;
}

test('what no 2dsphere index can be', () => {
  using database = databaseWithIndex();
  const refused = (index: { keys: [string, 1 | '2dsphere'][]; unique?: boolean }) => {
    const [outcome] = database.apply([{ type: 'createIndex', collection: 'c', index: { name: 'i', ...index } }]);
    assert.ok(outcome !== undefined && !outcome.ok);
    return `${outcome.error.code}: ${outcome.error.message}`;
  };
  assert.match(
    refused({
      keys: [
        ['at', '2dsphere'],
        ['name', 1],
      ],
    }),
    /^invalid_index: .*another index on "name"/,
  );
  assert.match(refused({ keys: [['at', '2dsphere']], unique: true }), /^invalid_index: "unique" is no option/);
});

test('a document whose place is malformed is refused; one without a place is not', () => {
  using database = databaseWithIndex();
  const insert = (at: string) => {
    const [outcome] = database.apply([
      { type: 'insert', collection: 'c', documents: [`{"_id":${JSON.stringify(at)},"at":${at}}`] },
    ]);
    return outcome!.ok ? 'ok' : outcome!.error.code;
  };
  for (const at of ['null', '[]', '[10,50]', POINT, `[${POINT},[1,2]]`, '{"lng":1,"lat":2}']) assert.equal(insert(at), 'ok', at);
  for (const at of [
    '5',
    '"x"',
    'true',
    '[10]',
    '[10,95]',
    '{"type":"Point","coordinates":[10]}',
    '{"type":"Pt","coordinates":[1,2]}',
    '{}',
  ])
    assert.equal(insert(at), 'invalid_geometry', at);
});

test('an index over what is there refuses it as a write would be', () => {
  using database = databaseWithIndex();
  database.run([{ type: 'insert', collection: 'c', documents: ['{"_id":1,"b":[200,1]}'] }]);
  const [outcome] = database.apply([{ type: 'createIndex', collection: 'c', index: { name: 'b', keys: [['b', '2dsphere']] } }]);
  assert.ok(outcome !== undefined && !outcome.ok && outcome.error.code === 'invalid_geometry');
  assert.match(outcome.error.message, /longitude 200/);
});

test('a restore makes its entries anew, and the inspection finds them whole', async (context) => {
  using database = databaseWithIndex();
  const documents = [
    `{"_id":1,"at":${POINT}}`,
    `{"_id":2,"at":[[1,2],[3,4]]}`,
    '{"_id":3}',
    '{"_id":4,"at":[[80,1],[81,1],[82,1]]}',
  ];
  database.run([{ type: 'insert', collection: 'c', documents }]);
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-places-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const restored = join(folder, 'data');
  await restoreInto(restored, [makeBackup(database.folder)]);
  const reader = Reader.open(restored);
  context.after(() => reader.close());
  const filter = '{"at":{"$near":[3,4]}}';
  const found = reader.read({ kind: 'find', collection: 'c', filter, projection: '{"_id":1}' }).text;
  assert.equal(found, '[{"_id":2},{"_id":1},{"_id":4}]');
  for (const each of [database.folder, restored]) assert.deepEqual(faultsIn(each), []);
});

function faultsIn(folder: string): unknown[] {
  const inspection = Inspection.open(folder);
  try {
    return [...inspection.indexHealth('c', 'at_2dsphere', 100)!.faults];
  } finally {
    inspection.close();
  }
}
