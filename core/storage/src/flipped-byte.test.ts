import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { documentsTable, FILE_NAME, openReader, openWriter, StorageError, storageErrorFrom } from './index.ts';
import { PAGE_BYTES } from './open-file.ts';

const ROWS = 400;
const FLIPS = 60;
const SEED = Number(process.env.AEROLITH_SEED ?? 20260501);

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function fillFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-flip-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const writer = openWriter(folder);
  writer.begin();
  writer.exec(documentsTable(1));
  const insert = writer.prepare('INSERT INTO documents_1 VALUES(?, ?, ?, jsonb(?))');
  for (let row = 1; row <= ROWS; row++) {
    const text = JSON.stringify({ _id: row, text: 'x'.repeat(row % 7 === 0 ? 20_000 : 700) });
    insert.run(row, Buffer.from(String(row)), row, text);
  }
  writer.commit();
  writer.close();
  return folder;
}

function readAll(folder: string): string {
  const reader = openReader(folder);
  try {
    const rows = reader.prepare('SELECT rid, id, version, json(doc) FROM documents_1 ORDER BY rid', 'raw').all();
    const ids = reader.prepare('SELECT rid FROM documents_1 ORDER BY id', 'raw').all();
    return JSON.stringify([rows, ids]);
  } finally {
    reader.close();
  }
}

test(`a flipped byte anywhere in the file is an error, never an answer (AEROLITH_SEED=${SEED})`, (context) => {
  const folder = fillFolder(context);
  const file = join(folder, FILE_NAME);
  const whole = readFileSync(file);
  const expected = readAll(folder);
  const random = randomFrom(SEED);
  const header = Array.from({ length: 32 }, (_, offset) => offset);
  const offsets = [...header, ...Array.from({ length: FLIPS }, () => Math.floor(random() * whole.length))];
  let detected = 0;
  for (const offset of offsets) {
    const damaged = Buffer.from(whole);
    damaged[offset] = (damaged[offset] ?? 0) ^ (1 << Math.floor(random() * 8));
    writeFileSync(file, damaged);
    detected += detects(folder, file, expected, offset) ? 1 : 0;
    writeFileSync(file, whole);
  }
  assert.equal(readAll(folder), expected);
  assert.ok(detected >= FLIPS, `${detected} of ${offsets.length} flips were detected`);
});

/** True when the damage was named; false when what is read is whole all the same. Fails on a wrong answer. */
function detects(folder: string, file: string, expected: string, offset: number): boolean {
  try {
    assert.equal(readAll(folder), expected, `offset ${offset} (page ${1 + Math.floor(offset / PAGE_BYTES)}) gave a wrong answer`);
  } catch (error) {
    const fault = storageErrorFrom(error, file);
    if (fault === undefined) throw error;
    assert.ok(fault.kind === 'corrupt' || fault.kind === 'foreign', `offset ${offset}: ${fault.kind}`);
    assert.match(fault.message, /aerolith\.db/);
    return true;
  }
  return false;
}

test('the check reads every page in use and names the damage', (context) => {
  const folder = fillFolder(context);
  const file = join(folder, FILE_NAME);
  const before = openReader(folder);
  assert.equal(before.check().pages, readFileSync(file).length / PAGE_BYTES);
  before.close();
  const bytes = readFileSync(file);
  const offset = bytes.length - PAGE_BYTES / 2;
  bytes[offset] = (bytes[offset] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  const after = openReader(folder);
  assert.throws(
    () => after.check(),
    (error) => error instanceof StorageError && error.kind === 'corrupt',
  );
  after.close();
});
