export { openBuilder } from './builder.ts';
export { checkTable, tablesOf } from './check.ts';
export type { Bound, Connection, RowShape, Statement, WalState, WriterConnection } from './connection.ts';
export { FILE_NAME, type StorageOptions } from './open-file.ts';
export { openReader, type ReaderConnection } from './reader.ts';
export { APPLICATION_ID, documentsTable, FORMAT_VERSION, historyTable, indexTable } from './schema.ts';
export { StorageError, type StorageErrorKind, storageErrorFrom, withStorageErrors } from './storage-error.ts';
export { openWriter } from './writer.ts';
