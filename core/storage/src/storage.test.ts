import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3-multiple-ciphers';
import {
  documentsTable,
  FILE_NAME,
  FORMAT_VERSION,
  historyTable,
  indexTable,
  openReader,
  openWriter,
  StorageError,
} from './index.ts';
import { openFile } from './open-file.ts';
import { SCHEMA } from './schema.ts';

/** One line a format: raise FORMAT_VERSION, then add the new hash. A line is never changed once a version that writes it was released. */
const FORMATS: Readonly<Record<number, string>> = {
  1: '53f4880f9a56079fa899994e11c3d457af931243058bedc52ad87d513928a80c',
};

function folderFor(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-storage-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function kindOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof StorageError) return error.kind;
    throw error;
  }
  return 'none';
}

test('a change of the schema needs a new format version', () => {
  const text = [SCHEMA, documentsTable(1), historyTable(1), indexTable(1)].join('\n');
  assert.equal(createHash('sha256').update(text).digest('hex'), FORMATS[FORMAT_VERSION]);
});

test('what a writer commits, a reader sees; what it has not, it does not', (context) => {
  const folder = folderFor(context);
  const writer = openWriter(folder);
  const reader = openReader(folder);
  const count = () => reader.prepare<number>('SELECT count(*) FROM meta', 'pluck').get();
  writer.begin();
  writer.prepare('INSERT INTO meta VALUES(?, ?)').run('a', 1);
  assert.equal(count(), 0);
  writer.commit();
  assert.equal(count(), 1);
  writer.begin();
  writer.prepare('INSERT INTO meta VALUES(?, ?)').run('b', 1);
  writer.rollback();
  assert.equal(count(), 1);
  reader.close();
  writer.close();
});

test('a snapshot stays where it is while the writer goes on', (context) => {
  const folder = folderFor(context);
  const writer = openWriter(folder);
  const reader = openReader(folder);
  const count = () => reader.prepare<number>('SELECT count(*) FROM meta', 'pluck').get();
  reader.snapshot(() => {
    assert.equal(count(), 0);
    writer.prepare('INSERT INTO meta VALUES(?, ?)').run('a', 1);
    assert.equal(count(), 0);
  });
  assert.equal(count(), 1);
  reader.close();
  writer.close();
});

test('a reader cannot write', (context) => {
  const folder = folderFor(context);
  openWriter(folder).close();
  const reader = openReader(folder);
  assert.throws(() => reader.prepare("INSERT INTO meta VALUES('a', 1)").run(), { code: /^SQLITE_READONLY/ });
  reader.close();
});

test('a newer format is refused by both and left as it is', (context) => {
  const folder = folderFor(context);
  const writer = openWriter(folder);
  writer.exec(`PRAGMA user_version=${FORMAT_VERSION + 1}`);
  writer.close();
  assert.equal(
    kindOf(() => openWriter(folder)),
    'newer',
  );
  assert.equal(
    kindOf(() => openReader(folder)),
    'newer',
  );
});

test('files of others are refused and left as they are', (context) => {
  const plain = folderFor(context);
  const database = new Database(join(plain, FILE_NAME));
  database.exec('CREATE TABLE t(a)');
  database.close();
  assert.equal(
    kindOf(() => openWriter(plain)),
    'foreign',
  );
  assert.equal(
    kindOf(() => openReader(plain)),
    'foreign',
  );

  const text = folderFor(context);
  writeFileSync(join(text, FILE_NAME), 'not a database at all, but a text that is long enough to look into\n');
  assert.equal(
    kindOf(() => openWriter(text)),
    'foreign',
  );

  const sealed = folderFor(context);
  const other = openFile(join(sealed, FILE_NAME), { timeoutMs: 0 });
  other.pragma('page_size=8192');
  other.exec('CREATE TABLE t(a)');
  other.close();
  assert.equal(
    kindOf(() => openWriter(sealed)),
    'foreign',
  );
});

test('another key does not open the file', (context) => {
  const folder = folderFor(context);
  openWriter(folder, { key: new Uint8Array(32).fill(7) }).close();
  assert.equal(
    kindOf(() => openWriter(folder)),
    'corrupt',
  );
  assert.equal(
    kindOf(() => openReader(folder, { key: new Uint8Array(32).fill(8) })),
    'corrupt',
  );
  openReader(folder, { key: new Uint8Array(32).fill(7) }).close();
});

test('a second writer is told that the file is in use', (context) => {
  const folder = folderFor(context);
  const first = openWriter(folder);
  const second = openWriter(folder);
  second.exec('PRAGMA busy_timeout=1');
  first.begin();
  assert.equal(
    kindOf(() => second.begin()),
    'busy',
  );
  first.rollback();
  second.close();
  first.close();
});

test('a full disk is named, and the writer goes on when there is space', (context) => {
  const writer = openWriter(folderFor(context));
  writer.exec('PRAGMA max_page_count=40');
  const fill = () => {
    writer.begin();
    writer.prepare('INSERT INTO meta VALUES(?, zeroblob(1000000))').run('big');
    writer.commit();
  };
  const error = (() => {
    try {
      fill();
    } catch (caught) {
      return caught;
    }
    return undefined;
  })();
  assert.equal(error instanceof Error && 'code' in error ? error.code : undefined, 'SQLITE_FULL');
  writer.rollback();
  writer.exec('PRAGMA max_page_count=4294967294');
  fill();
  writer.close();
});

test('a checkpoint moves the log into the file', (context) => {
  const writer = openWriter(folderFor(context));
  writer.prepare('INSERT INTO meta VALUES(?, ?)').run('a', 1);
  const state = writer.checkpoint();
  assert.ok(state.pages > 0);
  assert.equal(state.moved, state.pages);
  writer.close();
});
