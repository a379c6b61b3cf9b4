/**
 * What stands in the file. Invariants:
 * 1. A change of any text here is a new format: raise `FORMAT_VERSION` (a test holds the hash of all of it).
 * 2. Row ids are given by the engine and never reused; `counters` remembers the next one.
 * 3. `applied_ids` and `applied_results` are what the window of commands needs without opening a body.
 * 4. `<n>` of a collection's tables and `<m>` of an index table are numbers out of the catalogue, never reused.
 */
export const FORMAT_VERSION = 1;

/** 'Aero' in ASCII: tells our files from those of others. */
export const APPLICATION_ID = 0x4165726f;

/** Tables that every file has. */
export const SCHEMA = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE blocks(height INTEGER PRIMARY KEY, time INTEGER NOT NULL, hash BLOB NOT NULL, header BLOB NOT NULL,
  applied_ids TEXT NOT NULL, applied_results TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE catalogue(name TEXT PRIMARY KEY, record TEXT NOT NULL);
CREATE TABLE counters(collection INTEGER PRIMARY KEY, next_rid INTEGER NOT NULL, documents INTEGER NOT NULL, chain BLOB NOT NULL);
`;

/** `doc` is JSONB of the stored text; `version` is the position of the last write. */
export function documentsTable(n: number): string {
  return `CREATE TABLE documents_${n}(rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, version INTEGER NOT NULL, doc BLOB NOT NULL)`;
}

/**
 * One row for each version that another has followed, and for each delete (`deleted` 1): with the row of `documents_<n>`, every version
 * of a document. What a version was stands in the block that it names.
 */
export function historyTable(n: number): string {
  return `CREATE TABLE history_${n}(id BLOB NOT NULL, version INTEGER NOT NULL, deleted INTEGER NOT NULL, PRIMARY KEY(id, version)) WITHOUT ROWID`;
}

/** Entries of a secondary index: order-preserving key, row id. */
export function indexTable(m: number): string {
  return `CREATE TABLE index_${m}(key BLOB NOT NULL, rid INTEGER NOT NULL, PRIMARY KEY(key, rid)) WITHOUT ROWID`;
}
