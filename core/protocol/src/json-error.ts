import { AerolithError } from './aerolith-error.ts';
import type { ErrorCode } from './error-catalogue.ts';

/** An error at a place of a text: its sentence ends with line and column, which are also in the details (both count from 1). */
export function errorAt(code: ErrorCode, what: string, text: string, offset: number, details: object = {}): AerolithError {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - before.lastIndexOf('\n');
  return new AerolithError(code, `${what} (line ${line}, column ${column}).`, { ...details, line, column });
}
