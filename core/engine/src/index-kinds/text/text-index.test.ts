import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IndexSpec, type Operation, parseDocument } from '@aerolithdb/protocol';
import type { Connection } from '@aerolithdb/storage';
import { readCatalogue } from '../../catalogue.ts';
import { EngineDriver } from '../../testing/engine-driver.ts';
import { textIndex } from './text-index.ts';

const SPEC: IndexSpec = {
  name: 'words',
  keys: [
    ['title', 'text'],
    ['tags', 'text'],
  ],
  weights: { title: 10 },
  defaultLanguage: 'german',
};

const create = (index: IndexSpec): Operation => ({ type: 'createIndex', collection: 'c', index });
const insert = (...documents: string[]): Operation => ({ type: 'insert', collection: 'c', documents });

function withCollection(work: (driver: EngineDriver) => void): void {
  const driver = new EngineDriver();
  try {
    driver.run({ type: 'createCollection', collection: 'c', options: {} });
    work(driver);
  } finally {
    driver.close();
  }
}

/** Ids of the documents that an FTS5 expression finds, best first. */
function found(connection: Connection, expression: string): string[] {
  const { table, indexes } = readCatalogue(connection).collections.get('c')!;
  const name = `index_${indexes[0]!.table}`;
  return connection
    .prepare<string>(
      `SELECT doc ->> '$._id' FROM ${name} JOIN documents_${table} d ON d.rid = ${name}.rowid WHERE ${name} MATCH ? ORDER BY rank`,
      'pluck',
    )
    .all(expression);
}

/** Every document has exactly its terms, and FTS5's own check finds nothing wrong. */
function assertWhole(driver: EngineDriver): void {
  driver.read((connection) => {
    const { table, indexes } = readCatalogue(connection).collections.get('c')!;
    const rows = connection.prepare<[number, string]>(`SELECT rid, json(doc) FROM documents_${table}`, 'raw').all();
    for (const [rid, text] of rows) assert.ok(textIndex.holds(connection, indexes[0]!, rid, parseDocument(text)), text);
    const stale = `SELECT count(*) FROM (${textIndex.rowIds(indexes[0]!, connection)}) WHERE rid NOT IN (SELECT rid FROM documents_${table})`;
    assert.equal(connection.prepare<number>(stale, 'pluck').get(), 0);
  });
}

test('terms follow inserts, updates, replacements and deletes', () => {
  withCollection((driver) => {
    driver.run(insert('{"_id":"a","title":"Häuser am See","tags":["Wasser"]}', '{"_id":"b","title":"Boot","tags":["Haus"]}'));
    driver.run(create(SPEC));
    driver.run(insert('{"_id":"c","title":"Das Haus und das Haus"}', '{"_id":"d","n":1}'));
    driver.read((connection) => assert.deepEqual(found(connection, '"haus"'), ['c', 'a', 'b'], 'a title counts more than tags'));
    driver.run(
      { type: 'update', collection: 'c', filter: '{"_id":"c"}', update: '{"$set":{"title":"Berg"}}', multi: false },
      { type: 'update', collection: 'c', filter: '{"_id":"d"}', update: '{"$set":{"tags":["haus"]}}', multi: false },
      { type: 'delete', collection: 'c', filter: '{"_id":"a"}', multi: false },
    );
    driver.read((connection) => {
      assert.deepEqual(found(connection, '"haus"').sort(), ['b', 'd']);
      assert.deepEqual(found(connection, '"berg"'), ['c']);
      assert.deepEqual(found(connection, '"wass" OR "wasser"'), []);
    });
    assertWhole(driver);
  });
});

test('a command that is refused leaves no terms', () => {
  withCollection((driver) => {
    driver.run(create(SPEC), insert('{"_id":1,"title":"eins"}'));
    const [refused, applied] = driver.run(
      insert('{"_id":2,"title":"zwei"}', '{"_id":1,"title":"noch einmal"}'),
      insert('{"_id":3,"title":"drei"}'),
    );
    assert.equal(refused?.ok, false);
    assert.equal(applied?.ok, true);
    driver.read((connection) => {
      assert.deepEqual(found(connection, '"zwei"'), []);
      assert.deepEqual(found(connection, '"drei"'), [3]);
    });
    driver.run(insert('{"_id":4,"title":"zwei"}'));
    driver.read((connection) => assert.deepEqual(found(connection, '"zwei"'), [4]));
    assertWhole(driver);
  });
});

test('scores do not remember documents that are gone', () => {
  const scores = (documents: readonly string[], gone: readonly number[]): unknown[] => {
    let rows: unknown[] = [];
    withCollection((driver) => {
      driver.run(create(SPEC), insert(...documents));
      for (const id of gone) driver.run({ type: 'delete', collection: 'c', filter: `{"_id":${id}}`, multi: false });
      rows = driver.read((connection) => {
        const { indexes } = readCatalogue(connection).collections.get('c')!;
        const name = `index_${indexes[0]!.table}`;
        return connection.prepare(`SELECT rank FROM ${name} WHERE ${name} MATCH '"haus"' ORDER BY rank`, 'pluck').all();
      });
    });
    return rows;
  };
  const kept = ['{"_id":1,"title":"Haus am See"}', '{"_id":2,"title":"Berg"}', '{"_id":3,"title":"Boot und Segel"}'];
  const passing = ['{"_id":4,"title":"ein langer Titel von vielen Worten"}', '{"_id":5,"title":"Haus"}'];
  assert.deepEqual(scores([...kept, ...passing], [4, 5]), scores(kept, []));
});

test('an index of text is dropped with all its tables', () => {
  withCollection((driver) => {
    driver.run(create(SPEC), insert('{"_id":1,"title":"eins"}'));
    const tables = (): unknown[] =>
      driver.read((connection) => connection.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'index%'", 'pluck').all());
    assert.ok(tables().length > 3);
    driver.run({ type: 'dropIndex', collection: 'c', index: 'words' });
    assert.deepEqual(tables(), []);
  });
});

test('what a text index cannot be is refused', () => {
  const refused = (spec: Partial<IndexSpec>, message: RegExp): void =>
    withCollection((driver) => {
      const [outcome] = driver.run(create({ ...SPEC, ...spec }));
      assert.ok(outcome?.ok === false);
      assert.equal(outcome.error.code, 'invalid_index');
      assert.match(outcome.error.message, message);
    });
  refused({ keys: [...SPEC.keys, ['n', 1]] }, /holds text alone/);
  refused({ weights: { other: 2 } }, /no field of the index/);
  refused({ weights: { title: 100_000 } }, /from 1 to 99999/);
  refused({ defaultLanguage: 'klingon' }, /known are arabic/);
  refused({ languageOverride: 'a.b' }, /without a dot/);
  refused({ unique: true }, /"unique" is no option of an index of the kind "text"/);
  refused({ keys: [['a.$**', 'text']], weights: {} }, /stands for every string/);
  withCollection((driver) => {
    const [, second] = driver.run(create(SPEC), create({ ...SPEC, name: 'more' }));
    assert.ok(second?.ok === false && /one text index/.test(second.error.message));
  });
});
