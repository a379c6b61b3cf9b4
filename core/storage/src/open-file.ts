import { closeSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';
import { StorageError } from './storage-error.ts';

export const FILE_NAME = 'aerolith.db';
export const PAGE_BYTES = 8192;

/** The key when none is given. It is public: the cipher then seals pages against damage, not against eyes. */
const PUBLIC_KEY = new TextEncoder().encode('aerolithdb public page seal key 1');
const KEY_BYTES = 32;

/** Where SQLite's page size, versions, reserved bytes and fractions stand; the cipher leaves these eight bytes plain. */
const HEADER_OFFSET = 16;
const HEADER_BYTES = 8;

export type StorageOptions = {
  /** Bytes of the page cache of this connection. */
  readonly cacheBytes?: number;
  /** 32 bytes; without one a public key seals the pages. */
  readonly key?: Uint8Array;
};

/**
 * Opens the file and gives it its key as it is (`raw:`), so that no key derivation (argon2id, tens of ms) runs at each open.
 * Nothing has been read of it yet.
 */
export function openFile(file: string, options: StorageOptions & { readonly?: boolean; timeoutMs: number }): Database.Database {
  const key = options.key ?? PUBLIC_KEY.subarray(0, KEY_BYTES);
  if (key.length !== KEY_BYTES) throw new RangeError(`The storage key has ${key.length} bytes; it must have ${KEY_BYTES}.`);
  const readonly = options.readonly ?? false;
  const database = new Database(file, { readonly, fileMustExist: readonly, timeout: options.timeoutMs });
  database.pragma("cipher='aegis'");
  database.pragma(`key='raw:${Buffer.from(key).toString('hex')}'`);
  return database;
}

/** Throws `foreign` for a file that we cannot have written, judged by its first bytes; an empty file is a new one. */
export function assertOurs(file: string): 'new' | 'existing' {
  const start = firstBytes(file, HEADER_OFFSET + HEADER_BYTES);
  if (start.length === 0) return 'new';
  const pageBytes = (start[HEADER_OFFSET] ?? 0) * 256 + (start[HEADER_OFFSET + 1] ?? 0);
  const plain = Buffer.from(start.subarray(0, HEADER_OFFSET)).toString('latin1') === 'SQLite format 3\0';
  const fractions = Buffer.from(start.subarray(HEADER_OFFSET + 4)).toString('hex');
  const alike = pageBytes === PAGE_BYTES || fractions === '40402020';
  if (plain || !alike)
    throw new StorageError('foreign', file, `${file} is not a file of AerolithDB. Choose another data folder.`);
  return 'existing';
}

function firstBytes(file: string, length: number): Uint8Array {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, 0));
  } finally {
    closeSync(descriptor);
  }
}
