import { AerolithError, ERRORS, type ErrorCode, type OutcomeError } from '@aerolithdb/protocol';

/** The error that the outcome of an operation tells; `internal` for a code that this client does not know. */
export function errorOf({ code, message, details }: OutcomeError): AerolithError {
  if (isErrorCode(code)) return new AerolithError(code, message, details);
  return new AerolithError('internal', message, { ...details, code });
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(ERRORS, code);
}
