import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { BackupReader } from './backup-reader.ts';
import { BLOCKS, backupTable, SMALL_TABLES } from './backup-tables.ts';
import { BACKUP_FORMAT, encodeStart, PART_KINDS, PartSealer } from './part.ts';
import { RowWriter } from './row-codec.ts';

/** One line a format: raise BACKUP_FORMAT, then add the new hash. A line is never changed. */
const FORMATS: Readonly<Record<number, string>> = {
  1: '62216082b322389cc0f27f59bb5549dac35da2462eac0b43ae8e4ec4c78e2a50',
};

/** Small enough that compression does not pay, so that the version of zstd is not in the hash. */
function plainParts(): Buffer {
  const sealer = new PartSealer();
  const writer = new RowWriter(['whole', 'bytes', 'text', 'any', 'any', 'any'], 8);
  writer.add([2 ** 40 + 1, Buffer.from([1, 2, 3]), 'é', null, 7, 'x']);
  const rows = Buffer.from(writer.take());
  const parts = Object.keys(PART_KINDS).map((kind) => sealer.seal(kind as keyof typeof PART_KINDS, 5, 1, rows));
  return Buffer.concat([encodeStart(), ...parts]);
}

test('a change of the bytes or of a table needs a new format', () => {
  const tables = [...SMALL_TABLES, ...(['documents', 'history', 'index'] as const).map((kind) => backupTable(kind, 1)), BLOCKS];
  const hash = createHash('sha256').update(plainParts()).update(JSON.stringify(tables)).digest('hex');
  assert.equal(hash, FORMATS[BACKUP_FORMAT]);
});

test('a compressed part comes back as it was, and is smaller', () => {
  const head = { height: 1, hash: '0'.repeat(64), time: 1 };
  const about = { storage: 1, program: 'p'.repeat(5000), takenAt: 1, head, collections: 0, documents: 0 };
  const sealed = new PartSealer().seal('about', 0, 0, Buffer.from(JSON.stringify(about)));
  assert.ok(sealed.length < 1000);
  const reader = new BackupReader({ name: 'x' });
  assert.equal([...reader.read(Buffer.concat([encodeStart(), sealed]))].length, 1);
  assert.deepEqual(reader.about, about);
});
