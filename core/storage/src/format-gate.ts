import type Database from 'better-sqlite3-multiple-ciphers';
import { APPLICATION_ID, FORMAT_VERSION, SCHEMA } from './schema.ts';
import { StorageError } from './storage-error.ts';

/** Throws `foreign` or `newer` when this program must not touch the file; `empty` when nothing was ever committed to it. */
export function passFormatGate(database: Database.Database, file: string): 'empty' | 'ready' {
  const application = Number(database.pragma('application_id', { simple: true }));
  const version = Number(database.pragma('user_version', { simple: true }));
  if (application === 0 && version === 0 && hasNoTables(database)) return 'empty';
  if (application !== APPLICATION_ID) {
    throw new StorageError('foreign', file, `${file} is not a file of AerolithDB. Choose another data folder.`);
  }
  if (version > FORMAT_VERSION) {
    throw new StorageError(
      'newer',
      file,
      `${file} has format ${version}; this program reads up to ${FORMAT_VERSION}. Start it with the newer version that wrote it.`,
    );
  }
  return 'ready';
}

/** Writes the tables and the format into an empty file, in one transaction. */
export function createFormat(database: Database.Database): void {
  database.exec(
    `BEGIN IMMEDIATE; ${SCHEMA} PRAGMA application_id=${APPLICATION_ID}; PRAGMA user_version=${FORMAT_VERSION}; COMMIT;`,
  );
}

function hasNoTables(database: Database.Database): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}
