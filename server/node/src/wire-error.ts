import { AerolithError, ERRORS, type ErrorCode, type ErrorDetails } from '@aerolithdb/protocol';
import { StorageError, type StorageErrorKind } from '@aerolithdb/storage';

/** An error as it crosses between threads. */
export type WireError = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
  /** Of a fault of the program: where it came from, for the log of the node and never for callers. */
  readonly stack?: string;
};

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
  return withStack(
    new AerolithError('internal', `A fault of the program: ${message}`),
    thrown instanceof Error ? thrown.stack : undefined,
  );
}

export function toWire(thrown: unknown): WireError {
  const error = catalogued(thrown);
  const { code, message, details, stack } = error;
  return { code, message, details, ...(code === 'internal' && stack !== undefined && { stack }) };
}

export function fromWire({ code, message, details, stack }: WireError): AerolithError {
  return withStack(new AerolithError(Object.hasOwn(ERRORS, code) ? code : 'internal', message, details), stack);
}

function withStack(error: AerolithError, stack: string | undefined): AerolithError {
  if (stack !== undefined) error.stack = stack;
  return error;
}
