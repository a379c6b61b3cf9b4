import { AerolithError, type ErrorCode } from '@aerolithdb/protocol';
import { isErrorCode } from './error-of.ts';

const STANDARD: ReadonlySet<string> = new Set(['type', 'title', 'status', 'detail', 'instance', 'code']);

/** Codes of answers that a proxy in between gave, when what is behind it could not be reached. */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

/** The error that an answer stands for: its problem (RFC 9457), or its status when something else answered. */
export function problemError(status: number, text: string, retryAfter: string | null = null): AerolithError {
  const { code, detail, ...rest } = members(text);
  const details = Object.fromEntries(Object.entries(rest).filter(([name]) => !STANDARD.has(name)));
  const pause = retryAfter === null ? {} : { retryAfterSeconds: Number(retryAfter) };
  if (isErrorCode(code)) return new AerolithError(code, sentence(detail, status), { ...details, ...pause });
  const what: ErrorCode = GATEWAY_STATUSES.has(status) ? 'unreachable' : 'internal';
  const message = `What answered with status ${status} is not AerolithDB, or is too new for this client. Check the address.`;
  return new AerolithError(what, message, { status, ...pause });
}

function sentence(detail: unknown, status: number): string {
  return typeof detail === 'string' ? detail : `The server answered with status ${status}.`;
}

function members(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
