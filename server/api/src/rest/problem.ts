import type { ErrorCode } from '@aerolithdb/protocol';
import { AerolithError, ERRORS } from '@aerolithdb/protocol';

export const PROBLEM_TYPE = 'application/problem+json';

/** An error as it goes out: HTTP status, headers of its own, and an RFC 9457 body. */
export type Problem = {
  readonly status: number;
  readonly code: ErrorCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const CHALLENGE = 'Bearer realm="aerolithdb", Basic realm="aerolithdb", charset="UTF-8"';

/** The problem that says `error`. What is not an `AerolithError` becomes `internal`, and says nothing of its inside. */
export function problemOf(error: unknown): Problem {
  const known: AerolithError = error instanceof AerolithError ? error : fault();
  const { http: status } = ERRORS[known.code];
  return { status, code: known.code, headers: problemHeaders(known), body: problemText(known) };
}

function fault(): AerolithError {
  return new AerolithError('internal', 'The request met a fault of the program; the log of the node says more.');
}

function problemHeaders(error: AerolithError): Record<string, string> {
  if (error.code === 'unauthenticated') return { 'www-authenticate': CHALLENGE };
  if (error.code === 'overloaded') return { 'retry-after': String(error.details.retryAfterSeconds ?? 1) };
  const allow = error.details.allow;
  if (error.code === 'method_not_allowed' && Array.isArray(allow)) return { allow: allow.join(', ') };
  return {};
}

/** The members of RFC 9457 with `code`; the error's details are extension members and never replace them. */
export function problemText(error: AerolithError): string {
  const { http: status, meaning } = ERRORS[error.code];
  const members = { type: `urn:aerolithdb:error:${error.code}`, title: meaning, status, detail: error.message, code: error.code };
  return JSON.stringify({ ...members, ...error.details, ...members }, plainJson);
}

function plainJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Map ? Object.fromEntries(value) : value;
}
