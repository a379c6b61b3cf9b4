import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { documentsTable, FILE_NAME, openWriter, StorageError, type WriterConnection } from './index.ts';

const COMMITS = 12;
const FRAME_BYTES = 24 + 8192;
const WAL = `${FILE_NAME}-wal`;
const MARK = `${FILE_NAME}-synced`;

function newFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-mark-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function insert(writer: WriterConnection, row: number): Promise<void> {
  writer.begin();
  writer.prepare('INSERT INTO documents_1 VALUES(?, ?, ?, jsonb(?))').run(row, Buffer.from(String(row)), row, '{"a":1}');
  writer.commit();
  await writer.flush();
}

/** A folder as a process leaves it that was killed after `COMMITS` synced commits. `before` runs in the middle of them. */
async function killedFolder(context: TestContext, before: (writer: WriterConnection) => void = () => undefined): Promise<string> {
  const live = newFolder(context);
  const writer = openWriter(live);
  writer.exec(documentsTable(1));
  for (let row = 1; row <= COMMITS; row++) {
    if (row === COMMITS / 2) before(writer);
    await insert(writer, row);
  }
  const killed = newFolder(context);
  for (const name of [FILE_NAME, WAL, MARK]) cpSync(join(live, name), join(killed, name));
  writer.close();
  return killed;
}

/** Rows found, or `corrupt`. */
function found(context: TestContext, folder: string, damage: (copy: string) => void): number | 'corrupt' {
  const copy = newFolder(context);
  cpSync(folder, copy, { recursive: true });
  damage(copy);
  try {
    const writer = openWriter(copy);
    const rows = writer.prepare<number>('SELECT count(*) FROM documents_1', 'pluck').get();
    writer.close();
    return rows!;
  } catch (error) {
    if (error instanceof StorageError && error.kind === 'corrupt') return 'corrupt';
    throw error;
  }
}

function flip(path: string, offset: number, bits = 1): void {
  const bytes = readFileSync(path);
  bytes[offset]! ^= bits;
  writeFileSync(path, bytes);
}

function places(bytes: number): number[] {
  const frames = Math.floor((bytes - 32) / FRAME_BYTES);
  const inFrames = Array.from({ length: frames }, (_, frame) => [0, 9, 17, 24, 5000].map((at) => 32 + frame * FRAME_BYTES + at));
  return [...Array.from({ length: 32 }, (_, offset) => offset), ...inFrames.flat()];
}

test('a flipped byte in the write-ahead log of a killed process never takes a synced commit away', async (context) => {
  for (const before of [() => undefined, (writer: WriterConnection) => void writer.checkpoint()]) {
    const folder = await killedFolder(context, before);
    assert.equal(
      found(context, folder, () => undefined),
      COMMITS,
    );
    let detected = 0;
    for (const offset of places(readFileSync(join(folder, WAL)).length)) {
      const rows = found(context, folder, (copy) => flip(join(copy, WAL), offset));
      assert.ok(rows === 'corrupt' || rows === COMMITS, `offset ${offset}: ${rows} of ${COMMITS} rows, and no error`);
      if (rows === 'corrupt') detected += 1;
    }
    assert.ok(detected > 60, `${detected} flips were detected`);
  }
});

test('a log that is shorter than what was synced is refused', async (context) => {
  const folder = await killedFolder(context);
  const bytes = readFileSync(join(folder, WAL));
  assert.equal(
    found(context, folder, (copy) => writeFileSync(join(copy, WAL), bytes.subarray(0, bytes.length - 1))),
    'corrupt',
  );
});

test('without the mark, or with a damaged one, SQLite alone decides, and does not see the damage', async (context) => {
  const folder = await killedFolder(context);
  const damage = (copy: string) => flip(join(copy, WAL), 32 + 20 * FRAME_BYTES + 100);
  assert.equal(found(context, folder, damage), 'corrupt');
  const damageBoth = (copy: string) => {
    damage(copy);
    flip(join(copy, MARK), 20);
  };
  const rows = found(context, folder, damageBoth);
  assert.ok(rows !== 'corrupt' && rows < COMMITS, `${rows} rows`);
});

test('a log cut off while it was begun anew is what it was before', async (context) => {
  const folder = await killedFolder(context);
  const generation = 12;
  const next = (copy: string) => {
    const path = join(copy, WAL);
    const bytes = readFileSync(path);
    bytes.writeUInt32BE(bytes.readUInt32BE(generation) + 1, generation);
    writeFileSync(path, bytes);
  };
  assert.equal(found(context, folder, next), COMMITS);
});

test('commits that were not synced may end the log anywhere', async (context) => {
  const live = newFolder(context);
  const writer = openWriter(live);
  writer.exec(documentsTable(1));
  await insert(writer, 1);
  writer.begin();
  writer.prepare('INSERT INTO documents_1 VALUES(?, ?, ?, jsonb(?))').run(2, Buffer.from('2'), 2, '{"a":1}');
  writer.commit();
  const killed = newFolder(context);
  for (const name of [FILE_NAME, WAL, MARK]) cpSync(join(live, name), join(killed, name));
  writer.close();
  const length = readFileSync(join(killed, WAL)).length;
  assert.equal(
    found(context, killed, (copy) => flip(join(copy, WAL), length - 1)),
    1,
  );
});
