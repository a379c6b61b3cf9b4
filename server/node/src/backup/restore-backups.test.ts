import assert from 'node:assert/strict';
import { createReadStream, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { openDatabase } from '../open-database.ts';
import { startNode } from '../start-node.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { backupFolder } from './backup-folder.ts';
import { type RestoreOptions, restoreBackups } from './restore-backups.ts';
import { backupTo, insert, makeData, namesIn, pathIn, taken, textsOf } from './testing/backup-folders.ts';

test('a restored folder opens with the same head, documents, history and rights to write on', async () => {
  using temporary = temporaryFolder();
  const [data, file, restored] = ['data', 'a.backup', 'deep/restored'].map((name) => pathIn(temporary, name)) as [
    string,
    string,
    string,
  ];
  await makeData(data);
  await backupTo(file, data);
  const result = await restoreBackups({ backups: [file], folder: restored });
  await using original = await openDatabase(data);
  await using copy = await openDatabase(restored);
  assert.deepEqual(copy.database.head(), original.database.head());
  assert.deepEqual(result, { folder: restored, head: copy.database.head(), collections: 1, documents: 5 });
  assert.equal(await textsOf(copy), await textsOf(original));
  assert.equal(await textsOf(copy, { height: 3 }), await textsOf(original, { height: 3 }));
  await insert(copy, 100);
  assert.equal(copy.database.head().height, original.database.head().height + 1);
  assert.equal(statSync(restored).mode & 0o777, 0o700);
});

test('a chain of backups is restored to a height and to a time', async () => {
  using temporary = temporaryFolder();
  const data = pathIn(temporary, 'data');
  const files = ['full', 'more', 'most'].map((name) => pathIn(temporary, name)) as [string, string, string];
  await makeData(data, 4);
  await backupTo(files[0], data);
  const times: number[] = [];
  for (const [file, since] of [
    [files[1], 4],
    [files[2], 6],
  ] as const) {
    await using db = await openDatabase(data);
    for (const n of [since + 1, since + 2]) {
      await insert(db, n);
      times.push(db.database.head().time);
      while (Date.now() <= times.at(-1)!);
    }
    await db.close();
    await backupTo(file, data, since);
  }
  await using original = await openDatabase(data);
  const cases: readonly [until: RestoreOptions['until'], height: number][] = [
    [undefined, 8],
    [{ height: 7 }, 7],
    [{ height: 4 }, 4],
    [{ height: 3 }, 3],
    [{ time: times[2]! }, 7],
    [{ time: times[1]! }, 6],
    [{ time: times[0]! }, 5],
  ];
  for (const [index, [until, height]] of cases.entries()) {
    const folder = pathIn(temporary, `restored-${index}`);
    const { head } = await restoreBackups({ backups: files, folder, ...(until && { until }) });
    await using copy = await openDatabase(folder);
    assert.deepEqual([head.height, copy.database.head()], [height, head]);
    assert.equal(await textsOf(copy), await textsOf(original, { height }), JSON.stringify(until));
  }
  await assert.rejects(restoreBackups({ backups: files, folder: pathIn(temporary, 'early'), until: { time: 1 } }), {
    code: 'invalid_position',
    message: /Nothing was written/,
  });
  const late = { time: Date.now() + 60_000 };
  await assert.rejects(restoreBackups({ backups: files, folder: pathIn(temporary, 'late'), until: late }), {
    code: 'invalid_position',
  });
});

test('what is refused makes nothing, neither the folder nor anything beside it', async () => {
  using temporary = temporaryFolder();
  const data = pathIn(temporary, 'data');
  await makeData(data);
  const whole = await backupTo(pathIn(temporary, 'whole'), data);
  const increment = pathIn(temporary, 'increment');
  await backupTo(increment, data, 3);
  const flipped = Buffer.from(whole);
  flipped[whole.length >> 1]! ^= 1;
  const bad: readonly [name: string, bytes: Buffer, code: string][] = [
    ['flipped', flipped, 'backup_damaged'],
    ['short', whole.subarray(0, -1), 'backup_damaged'],
    ['long', Buffer.concat([whole, Buffer.of(1)]), 'backup_damaged'],
    ['foreign', Buffer.from('{"_id":1}\n'), 'backup_foreign'],
    ['newer', Buffer.concat([whole.subarray(0, 15), Buffer.of(9), whole.subarray(16)]), 'backup_newer'],
  ];
  for (const [name, bytes] of bad) writeFileSync(pathIn(temporary, name), bytes);
  const before = namesIn(temporary.path);
  const folder = pathIn(temporary, 'restored');
  for (const [name, bytes, code] of bad) {
    await assert.rejects(restoreBackups({ backups: [pathIn(temporary, name)], folder }), { code }, name);
    await assert.rejects(restoreBackups({ backups: [Readable.from([bytes])], folder }), { code }, `${name} as a stream`);
    await assert.rejects(
      restoreBackups({ backups: [pathIn(temporary, 'whole'), pathIn(temporary, name)], folder }),
      { code },
      name,
    );
  }
  await assert.rejects(restoreBackups({ backups: [increment], folder }), { code: 'backup_mismatch' });
  await assert.rejects(restoreBackups({ backups: [pathIn(temporary, 'none')], folder }), { code: 'ENOENT' });
  assert.deepEqual(namesIn(temporary.path), before);
});

test('a folder that holds something is not touched; an empty one is filled', async () => {
  using temporary = temporaryFolder();
  const data = pathIn(temporary, 'data');
  await makeData(data);
  const file = pathIn(temporary, 'a.backup');
  await backupTo(file, data);
  const folder = pathIn(temporary, 'there');
  mkdirSync(folder);
  writeFileSync(pathIn(temporary, 'there/note.txt'), 'mine');
  await assert.rejects(restoreBackups({ backups: [file], folder }), { code: 'data_exists', message: /holds "note.txt"/ });
  await assert.rejects(restoreBackups({ backups: [file], folder: data }), { code: 'data_exists' });
  await assert.rejects(restoreBackups({ backups: [file], folder: file }), { code: 'data_exists', message: /is a file/ });
  assert.deepEqual(namesIn(folder), ['note.txt']);
  rmSync(pathIn(temporary, 'there/note.txt'));
  const inode = statSync(folder).ino;
  await restoreBackups({ backups: [createReadStream(file)], folder });
  assert.deepEqual([statSync(folder).ino, namesIn(folder)], [inode, ['aerolith.db']]);
});

test('a restore that is stopped leaves nothing', async () => {
  using temporary = temporaryFolder();
  const data = pathIn(temporary, 'data');
  await makeData(data);
  const file = pathIn(temporary, 'a.backup');
  await backupTo(file, data);
  const before = namesIn(temporary.path);
  for (const stage of ['checking', 'restoring']) {
    const stop = new AbortController();
    const stopped = restoreBackups({
      backups: [file],
      folder: pathIn(temporary, 'restored'),
      signal: stop.signal,
      onProgress: (progress) => progress.stage === stage && stop.abort(),
    });
    await assert.rejects(stopped, { name: 'AbortError' }, stage);
    assert.deepEqual(namesIn(temporary.path), before, stage);
  }
});

test('the admin key comes along only when it is the right one', async () => {
  using temporary = temporaryFolder();
  const data = pathIn(temporary, 'data');
  const node = await startNode({ data, http: 'off' });
  await node.close();
  const file = pathIn(temporary, 'a.backup');
  const bytes = await backupTo(file, data);
  const token = readFileSync(pathIn(temporary, 'data/admin.key'), 'utf8').trim();
  assert.ok(!bytes.includes(token));
  const wrong = pathIn(temporary, 'wrong.key');
  writeFileSync(wrong, 'x'.repeat(43));
  const folder = pathIn(temporary, 'restored');
  await assert.rejects(restoreBackups({ backups: [file], folder, adminKey: wrong }), { code: 'backup_mismatch' });
  await restoreBackups({ backups: [file], folder, adminKey: pathIn(temporary, 'data/admin.key') });
  assert.equal(readFileSync(pathIn(temporary, 'restored/admin.key'), 'utf8').trim(), token);
  const again = await startNode({ data: folder, http: 'off' });
  await again.database.authenticate({ kind: 'token', token });
  await again.close();
});

test('a folder is backed up only when nobody uses it, and is not made', async () => {
  using temporary = temporaryFolder();
  const data = pathIn(temporary, 'data');
  await using db = await openDatabase(data);
  await assert.rejects(taken(backupFolder(data)), { code: 'data_in_use' });
  await db.close();
  assert.ok((await taken(backupFolder(data))).length > 0);
  await assert.rejects(taken(backupFolder(pathIn(temporary, 'none'))), { code: 'data_foreign' });
  assert.deepEqual(namesIn(temporary.path).includes('none'), false);
  await assert.rejects(taken(backupFolder(data, 7)), { code: 'invalid_position' });
  await taken(backupFolder(data));
});
