import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { AerolithError } from '@aerolithdb/protocol';
import { EngineDriver } from '../testing/engine-driver.ts';
import { BackupReader } from './backup-reader.ts';
import { BACKUP_FORMAT, PART_HEAD_BYTES, PartSealer, START_BYTES } from './part.ts';
import { makeBackup } from './testing/made-backup.ts';

const driver = new EngineDriver();
after(() => driver.close());
driver.run({ type: 'createCollection', collection: 'c', options: {} });
driver.run({ type: 'insert', collection: 'c', documents: ['{"_id":1,"text":"one"}', '{"_id":2,"text":"two"}'] });
driver.run({ type: 'createIndex', collection: 'c', index: { name: 'text_1', keys: [['text', 1]] } });
driver.run({ type: 'update', collection: 'c', filter: '{"_id":1}', update: '{"$set":{"text":"new"}}' });
const BACKUP = makeBackup(driver.folder);
const OTHER = makeBackup(driver.folder, { takenAt: 1_800_000_000_001 });

type Refusal = { readonly code: string; readonly message: string; readonly details: Readonly<Record<string, unknown>> };

/** Why a reader refuses these bytes; undefined when it takes them. */
function refusal(bytes: Buffer, pieceBytes = bytes.length || 1): Refusal | undefined {
  const reader = new BackupReader({ name: 'x.backup', wants: () => true });
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes) for (const _part of reader.read(bytes.subarray(at, at + pieceBytes)));
    reader.end();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof AerolithError, String(error));
    return error;
  }
}

/** Where each part begins. */
function partOffsets(bytes: Buffer): number[] {
  const offsets: number[] = [];
  const reader = new BackupReader({ name: 'x' });
  for (const { offset } of reader.read(bytes)) offsets.push(offset);
  return offsets;
}

const OFFSETS = partOffsets(BACKUP);
const partAt = (index: number) => BACKUP.subarray(OFFSETS[index], OFFSETS[index + 1] ?? BACKUP.length);

test('a backup that is whole is taken, in pieces of any size', () => {
  // About, three small tables, documents, history, an index, blocks, end.
  assert.equal(OFFSETS.length, 9);
  for (const size of [1, 7, 63, 64, 65, 1000, BACKUP.length]) assert.equal(refusal(BACKUP, size), undefined, `pieces of ${size}`);
});

test('a flipped bit anywhere is found, and its part is named', () => {
  for (let at = 0; at < BACKUP.length; at++) {
    const damaged = Buffer.from(BACKUP);
    damaged[at]! ^= 1 << (at % 8);
    const found = refusal(damaged);
    const inStart = at < START_BYTES;
    assert.ok(found !== undefined, `byte ${at}`);
    assert.match(found.code, inStart ? /^backup_(foreign|newer|damaged)$/ : /^backup_damaged$/, `byte ${at}: ${found.message}`);
    if (inStart) continue;
    const part = OFFSETS.findLastIndex((offset) => offset <= at) + 1;
    assert.deepEqual(
      [found.details.file, found.details.part, found.details.offset],
      ['x.backup', part, OFFSETS[part - 1]],
      found.message,
    );
  }
});

test('a backup that is cut short anywhere is refused', () => {
  for (let length = 0; length < BACKUP.length; length++) {
    const found = refusal(BACKUP.subarray(0, length));
    assert.equal(found?.code, length < START_BYTES ? 'backup_foreign' : 'backup_damaged', `${length} bytes`);
  }
  assert.match(
    refusal(BACKUP.subarray(0, OFFSETS[3]! + 10))!.message,
    /cut short: it ends after \d+ bytes, in part 4 \(which begins at byte \d+\)/,
  );
});

test('parts that are moved, missing, repeated or of another backup are refused', () => {
  const parts = OFFSETS.map((_, index) => partAt(index));
  const start = BACKUP.subarray(0, START_BYTES);
  const made = (indexes: readonly number[]) => Buffer.concat([start, ...indexes.map((index) => parts[index]!)]);
  const all = [...parts.keys()];
  assert.equal(refusal(made(all)), undefined);
  const wrong = [all.with(4, 5).with(5, 4), all.toSpliced(6, 1), all.toSpliced(6, 0, 6), all.slice(1), [0, all.length - 1]];
  for (const indexes of wrong) assert.equal(refusal(made(indexes))?.code, 'backup_damaged', String(indexes));
  const mixed = Buffer.concat([BACKUP.subarray(0, OFFSETS[5]), OTHER.subarray(OFFSETS[5])]);
  assert.deepEqual([refusal(mixed)?.code, refusal(mixed)?.details.part], ['backup_damaged', 6]);
});

test('bytes after the end are refused', () => {
  assert.match(refusal(Buffer.concat([BACKUP, Buffer.of(0)]))!.message, /bytes follow after its end/);
  assert.equal(refusal(Buffer.concat([BACKUP, BACKUP]))?.code, 'backup_damaged');
});

test('what is no backup, or of a newer format, is refused by name', () => {
  for (const text of ['', '{"_id":1}\n', 'x'.repeat(5000)]) assert.equal(refusal(Buffer.from(text))?.code, 'backup_foreign');
  const newer = Buffer.from(BACKUP);
  newer[START_BYTES - 1] = BACKUP_FORMAT + 1;
  assert.equal(refusal(newer)?.code, 'backup_newer');
});

test('a data file of a newer format is refused though the backup is whole', () => {
  const about = {
    storage: 99,
    program: '9.0.0',
    takenAt: 1,
    head: { height: 1, hash: '0'.repeat(64), time: 1 },
    collections: 0,
    documents: 0,
  };
  const sealed = new PartSealer().seal('about', 0, 0, Buffer.from(JSON.stringify(about)));
  const found = refusal(Buffer.concat([BACKUP.subarray(0, START_BYTES), sealed]));
  assert.match(`${found?.code}: ${found?.message}`, /^backup_newer: .* format 99/);
});

test('an end that tells of other parts is refused though its checksum is right', () => {
  const sealer = new PartSealer();
  const first = sealer.seal('about', 0, 0, Buffer.from(partBody(0)));
  const totals = { parts: 2, bytes: START_BYTES + first.length, documents: 1, blocks: 0 };
  const end = sealer.seal('end', 0, 0, Buffer.from(JSON.stringify(totals)));
  const bytes = Buffer.concat([BACKUP.subarray(0, START_BYTES), first, end]);
  assert.match(refusal(bytes)!.message, /part 2 .* tells of other parts/);
});

function partBody(index: number): string {
  for (const { head, raw } of new BackupReader({ name: 'x' }).read(BACKUP)) if (head.number === index + 1) return raw.toString();
  throw new Error('no such part');
}

test('a head is 64 bytes and a body follows it', () => {
  for (const index of OFFSETS.keys()) assert.equal(partAt(index).length, PART_HEAD_BYTES + partAt(index).readUInt32LE(24));
});
