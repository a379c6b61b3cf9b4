import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BackupWriter } from '@aerolithdb/engine/backup';
import { AerolithError } from '@aerolithdb/protocol';
import { FILE_NAME, openReader } from '@aerolithdb/storage';
import { openDataFolder } from '../data-folder.ts';
import { VERSION } from '../version.ts';
import { catalogued } from '../wire-error.ts';

/**
 * The bytes of a backup of a folder that no node uses; the folder is locked meanwhile. `since`: the blocks after this height alone.
 * Throws `data_in_use`, `data_foreign`, `data_newer`, `invalid_position`, `storage_corrupt`, `storage_failed`.
 */
export async function* backupFolder(path: string, since?: number): AsyncGenerator<Buffer, void, void> {
  assertHasData(path);
  const folder = openDataFolder(path);
  try {
    yield* partsOf(folder.path, since);
  } catch (thrown) {
    throw catalogued(thrown);
  } finally {
    folder.release();
  }
}

/** The lock keeps writers out, so that all reads see one state without a transaction that lasts. */
function* partsOf(folder: string, since: number | undefined): Generator<Buffer, void, void> {
  const connection = openReader(folder);
  try {
    const options = { takenAt: Date.now(), program: VERSION, ...(since !== undefined && { since }) };
    const writer = new BackupWriter(connection, options);
    yield* writer.beginning();
    yield* writer.blocks();
  } finally {
    connection.close();
  }
}

function assertHasData(path: string): void {
  const folder = resolve(path);
  if (existsSync(join(folder, FILE_NAME))) return;
  throw new AerolithError('data_foreign', `There is no ${FILE_NAME} in ${folder}. Name the data folder with --data.`, { folder });
}
