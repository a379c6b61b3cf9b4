import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AerolithError } from '@aerolithdb/protocol';
import { FILE_NAME } from '@aerolithdb/storage';
import { ADMIN_KEY_FILE } from './admin-key.ts';
import { FolderLock, LOCK_FILES } from './folder-lock.ts';
import { makeFolder } from './make-folder.ts';

/** What may stand in a folder before there is a data file: left by a first start that was cut off, or by the file system. */
const HARMLESS = new Set<string>([...LOCK_FILES, ADMIN_KEY_FILE, `${ADMIN_KEY_FILE}.new`, 'lost+found', '.DS_Store']);

const OWNER_ONLY = 0o700;

/** A folder that is ours and that no other process uses while this is open. */
export type DataFolder = { readonly path: string; readonly release: () => void };

/** Makes the folder where needed. Throws `data_foreign`, `data_in_use`, `storage_failed`, `storage_full`. */
export function openDataFolder(path: string): DataFolder {
  const folder = resolve(path);
  try {
    makeFolder(folder, OWNER_ONLY);
    assertOurs(folder);
    const lock = FolderLock.take(folder);
    return { path: folder, release: () => lock.release() };
  } catch (thrown) {
    throw thrown instanceof AerolithError ? thrown : unusable(folder, thrown);
  }
}

/** Bytes of the data file and of its write-ahead log now. */
export function storageFigures(folder: string): { fileBytes: number; walBytes: number } {
  const size = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  return { fileBytes: size(FILE_NAME), walBytes: size(`${FILE_NAME}-wal`) };
}

function assertOurs(folder: string): void {
  const names = readdirSync(folder);
  if (names.includes(FILE_NAME)) return;
  const other = names.find((name) => !HARMLESS.has(name));
  if (other === undefined) return;
  const message = `${folder} is not a data folder of AerolithDB: it holds "${other}" and no ${FILE_NAME}. Choose an empty or a new folder.`;
  throw new AerolithError('data_foreign', message, { folder, holds: other });
}

function unusable(folder: string, thrown: unknown): AerolithError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new AerolithError('data_foreign', `${folder} is a file, not a folder. Choose another data folder.`, { folder });
  }
  if (code === 'ENOSPC' || code === 'SQLITE_FULL') {
    return new AerolithError('storage_full', `The disk of ${folder} is full. Free some space, then start again.`, { folder });
  }
  return new AerolithError(
    'storage_failed',
    `${folder} cannot be used (${code}). Choose a folder that may be made and written to.`,
    {
      folder,
      code,
    },
  );
}
