import { AerolithError, ERRORS, type ErrorCode, type ErrorDetails } from '@aerolithdb/protocol';
import { StorageError, type StorageErrorKind } from '@aerolithdb/storage';

/** An error as it crosses between threads. */
export type WireError = { readonly code: ErrorCode; readonly message: string; readonly details: ErrorDetails };

const CODE_OF: Readonly<Record<StorageErrorKind, ErrorCode>> = {
  full: 'storage_full',
  io: 'storage_failed',
  corrupt: 'storage_corrupt',
  busy: 'data_in_use',
  foreign: 'data_foreign',
  newer: 'data_newer',
};

/** What was thrown, as an error of the catalogue; what is none is a fault of the program. */
export function catalogued(thrown: unknown): AerolithError {
  if (thrown instanceof AerolithError) return thrown;
  if (thrown instanceof StorageError) return new AerolithError(CODE_OF[thrown.kind], thrown.message, { file: thrown.file });
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AerolithError('internal', `A fault of the program: ${message}`, {
    ...(thrown instanceof Error && thrown.stack !== undefined && { stack: thrown.stack }),
  });
}

export function toWire(thrown: unknown): WireError {
  const { code, message, details } = catalogued(thrown);
  return { code, message, details };
}

export function fromWire({ code, message, details }: WireError): AerolithError {
  return new AerolithError(Object.hasOwn(ERRORS, code) ? code : 'internal', message, details);
}
