import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Database, Session } from '@aerolithdb/database';
import { AerolithError } from '@aerolithdb/protocol';
import { openDatabase } from './open-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A small file system of its own, where the system lets us make one. */
function smallDisk(): (Disposable & { readonly path: string }) | undefined {
  const folder = temporaryFolder();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', folder.path]).status === 0;
  if (!mounted) {
    folder[Symbol.dispose]();
    return undefined;
  }
  const release = () => {
    spawnSync('umount', [folder.path]);
    folder[Symbol.dispose]();
  };
  return { path: folder.path, [Symbol.dispose]: release };
}

/** Bytes left on the disk once the ballast lies on it: room for some hundred documents and no more. */
const LEFT_BYTES = 1_000_000;

function fill(path: string): string {
  const { bavail, bsize } = statfsSync(path);
  const ballast = join(path, 'ballast');
  writeFileSync(ballast, Buffer.alloc(bavail * bsize - LEFT_BYTES));
  return ballast;
}

async function insertUntilRefused(database: Database, session: Session, first: number): Promise<{ next: number; code: string }> {
  for (let id = first; id < first + 5000; id += 1) {
    try {
      // Text that does not compress, so that the ledger grows as the documents do.
      const documents = [`{"_id":${id},"text":"${noise(id, 8000)}"}`];
      await database.execute(session, { type: 'insert', collection: 'c', documents });
    } catch (thrown) {
      if (thrown instanceof AerolithError) return { next: id, code: thrown.code };
      throw thrown;
    }
  }
  throw new Error('The disk did not fill up.');
}

function noise(seed: number, length: number): string {
  let state = seed + 1;
  let text = '';
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    text += state.toString(36);
  }
  return text;
}

test('a full disk refuses writes and nothing else, and writes resume when there is space', async (t) => {
  using disk = smallDisk();
  if (disk === undefined) return t.skip('no file system can be mounted here');
  await using running = await openDatabase(disk.path);
  const { database, session } = running;
  await database.execute(session, { type: 'createCollection', collection: 'c', options: {} });
  const ballast = fill(disk.path);
  const { next, code } = await insertUntilRefused(database, session, 0);
  assert.equal(code, 'storage_full');
  assert.ok(next > 0);
  const again = await insertUntilRefused(database, session, next);
  assert.equal(again.code, 'storage_full');
  assert.equal((await database.read(session, { kind: 'count', collection: 'c' })).count, again.next);
  assert.ok(database.getRaw(session, 'c', '0'));
  rmSync(ballast);
  for (let id = again.next; id < again.next + 20; id += 1) {
    await database.execute(session, { type: 'insert', collection: 'c', documents: [`{"_id":${id}}`] });
  }
  assert.equal((await database.read(session, { kind: 'count', collection: 'c' })).count, again.next + 20);
});
