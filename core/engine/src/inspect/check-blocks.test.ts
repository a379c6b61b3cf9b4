import assert from 'node:assert/strict';
import { hash as digest } from 'node:crypto';
import { test } from 'node:test';
import { openWriter, type WriterConnection } from '@aerolithdb/storage';
import { roots } from '../apply/root-hasher.ts';
import { encodeBody } from '../ledger/block-body.ts';
import { readBlock } from '../ledger/read-block.ts';
import { ScratchDatabase } from '../read/scratch-database.ts';
import { Inspection } from './inspection.ts';

const BLOCKS = 8;
/** Where these stand in an encoded header. */
const PREVIOUS_HASH_AT = 20;
const COMMANDS_ROOT_AT = 52;

/** A ledger in which all kinds of commands and changes are, refused and repeated ones too. */
function filled(): ScratchDatabase {
  const scratch = new ScratchDatabase();
  scratch.run([{ type: 'createCollection', collection: 'a', options: {} }]);
  scratch.run([{ type: 'insert', collection: 'a', documents: ['{"_id":1,"n":1}', '{"_id":2,"n":2}'] }]);
  scratch.apply([
    { type: 'update', collection: 'a', filter: '{"_id":1}', update: '{"$inc":{"n":1}}' },
    { type: 'insert', collection: 'a', documents: ['{"_id":1}'] },
  ]);
  scratch.run([{ type: 'replace', collection: 'a', id: '2', document: '{"_id":2,"é":1.5}' }]);
  scratch.run([{ type: 'delete', collection: 'a', filter: '{"_id":2}' }]);
  scratch.run([]);
  scratch.run([{ type: 'createIndex', collection: 'a', index: { name: 'n', keys: [['n', 1]] } }]);
  scratch.run([{ type: 'dropCollection', collection: 'a' }]);
  return scratch;
}

/** What is found after some damage, over all blocks and over the last three. */
function found(damage: (writer: WriterConnection) => void = () => undefined): readonly unknown[] {
  using scratch = filled();
  const writer = openWriter(scratch.folder);
  damage(writer);
  writer.close();
  const inspection = Inspection.open(scratch.folder);
  try {
    return [inspection.checkBlocks(1, BLOCKS), inspection.checkBlocks(BLOCKS - 2, BLOCKS)];
  } finally {
    inspection.close();
  }
}

test('a ledger that nobody touched is well', () => {
  assert.deepEqual(found(), [undefined, undefined]);
});

test('each kind of damage is found at its height', () => {
  const after = (sql: string) => found((writer) => writer.exec(sql));
  const at = (height: number, fault: string) => [{ height, fault }, height < BLOCKS - 2 ? undefined : { height, fault }];
  assert.deepEqual(after('DELETE FROM blocks WHERE height = 3'), at(3, 'missing'));
  assert.deepEqual(after("UPDATE blocks SET hash = x'00' || substr(hash, 2) WHERE height = 4"), at(4, 'hash'));
  assert.deepEqual(after('UPDATE blocks SET time = time + 1 WHERE height = 7'), at(7, 'header'));
  assert.deepEqual(after("UPDATE blocks SET header = x'414c42' WHERE height = 7"), at(7, 'header'));
  assert.deepEqual(after("UPDATE blocks SET body = x'28b52ffd00' WHERE height = 2"), at(2, 'body'));
  assert.deepEqual(
    after('UPDATE blocks SET body = (SELECT body FROM blocks WHERE height = 6) WHERE height = 8'),
    at(8, 'commands'),
  );
});

test('a block that was written anew links to nothing, though its hash is that of its header', () => {
  const forge = (writer: WriterConnection) => {
    const header = writer.prepare<Buffer>('SELECT header FROM blocks WHERE height = 7', 'pluck').get()!;
    header[PREVIOUS_HASH_AT] = header[PREVIOUS_HASH_AT]! ^ 1;
    const hash = digest('sha256', header, 'buffer');
    writer.prepare('UPDATE blocks SET header = ?, hash = ? WHERE height = 7').run(header, hash);
  };
  const fault = { height: 7, fault: 'link' };
  assert.deepEqual(found(forge), [fault, fault]);
});

test('documents that are not those of the changes are found', () => {
  const swap = (writer: WriterConnection) => {
    const [first, second] = [2, 4].map((height) => readBlock(writer, height)!);
    const { manifest } = first!.body;
    const body = encodeBody({ ...manifest, commands: [] }, [first!.body.frame(0), second!.body.frame(0)]);
    const header = Buffer.from(first!.header);
    header.write(roots.ofLeaves([]), COMMANDS_ROOT_AT, 'hex');
    writer
      .prepare('UPDATE blocks SET body = ?, header = ?, hash = ? WHERE height = 2')
      .run(body, header, digest('sha256', header, 'buffer'));
  };
  assert.deepEqual(found(swap)[0], { height: 2, fault: 'changes' });
});
