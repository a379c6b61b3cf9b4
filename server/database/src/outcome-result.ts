import { AerolithError, ERRORS, type ErrorCode, type Outcome, type OutcomeError } from '@aerolithdb/protocol';

/** The outcome of a command that was carried out. Throws the error of one that was refused. */
export function carriedOut(outcome: Outcome): Extract<Outcome, { ok: true }> {
  if (outcome.ok) return outcome;
  throw outcomeError(outcome.error);
}

/** The error of an outcome. */
export function outcomeError({ code, message, details }: OutcomeError): AerolithError {
  const known = Object.hasOwn(ERRORS, code);
  return new AerolithError(known ? (code as ErrorCode) : 'internal', message, known ? details : { ...details, code });
}
