import Database from 'better-sqlite3-multiple-ciphers';

/**
 * - `full`: no space on the disk. `io`: the disk failed. `corrupt`: bytes do not match their checksum, or the key is another one.
 * - `busy`: another process holds the file. `foreign`: the file is not ours. `newer`: a newer program wrote it.
 */
export type StorageErrorKind = 'full' | 'io' | 'corrupt' | 'busy' | 'foreign' | 'newer';

/** A fault of the disk or of the file, never of the caller. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly kind: StorageErrorKind;
  readonly file: string;

  constructor(kind: StorageErrorKind, file: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.file = file;
  }
}

const SENTENCES = {
  full: (file: string) => `The disk is full: ${file} cannot grow. Free some space; reads go on meanwhile.`,
  io: (file: string, why: string) => `The disk failed at ${file} (${why}). Nothing was written.`,
  corrupt: (file: string, why: string) =>
    `${file} is damaged, or its key is another one (${why}). Restore it from a backup or from another node.`,
  busy: (file: string) => `Another process uses ${file}. Stop it, or choose another data folder.`,
} as const;

/**
 * What a fault of SQLite or of the file system means here; `undefined` when the error is of another nature (a fault of the program).
 * A `StorageError` comes back as it is.
 */
export function storageErrorFrom(error: unknown, file: string): StorageError | undefined {
  if (error instanceof StorageError) return error;
  const code = codeOf(error);
  const kind = code === undefined ? undefined : kindOf(code);
  if (kind === undefined) return undefined;
  return new StorageError(kind, file, SENTENCES[kind](file, code ?? ''), error);
}

/** Runs `work`; a fault of the disk leaves as `StorageError`. */
export function withStorageErrors<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storageErrorFrom(error, file) ?? error;
  }
}

function codeOf(error: unknown): string | undefined {
  if (error instanceof Database.SqliteError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}

function kindOf(code: string): 'full' | 'io' | 'corrupt' | 'busy' | undefined {
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'corrupt';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'busy';
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) return 'io';
  if (code === 'EIO' || code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'EMFILE') return 'io';
  return undefined;
}
