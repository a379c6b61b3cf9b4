import { AerolithError, type ErrorCode } from '@aerolithdb/protocol';
import { type StorageErrorKind, storageErrorFrom } from '@aerolithdb/storage';

const CODES: Readonly<Record<StorageErrorKind, ErrorCode>> = {
  full: 'storage_full',
  io: 'storage_failed',
  corrupt: 'storage_corrupt',
  busy: 'data_in_use',
  foreign: 'data_foreign',
  newer: 'data_newer',
};

/** The error of ours that a fault of the disk or the file means; any other error as it is. */
export function withoutStorageError(error: unknown, file: string): unknown {
  if (error instanceof AerolithError) return error;
  const fault = storageErrorFrom(error, file);
  return fault === undefined ? error : new AerolithError(CODES[fault.kind], fault.message, { file });
}

/** Runs `work`; faults of the disk leave as `AerolithError`. */
export function mappingStorageErrors<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw withoutStorageError(error, file);
  }
}

/** What a failed sync of `file` means to whoever waits for it. */
export function syncFailure(file: string, cause: unknown): AerolithError {
  const message = `${file} could not be synced to the disk. The last writes may or may not be there: start the node again and send them again with the same ids.`;
  return new AerolithError('storage_failed', message, { file, cause: String(cause) });
}
