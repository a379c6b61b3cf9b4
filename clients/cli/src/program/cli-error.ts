import { AerolithError } from '@aerolithdb/protocol';

/** Exit codes of `aerolith`: one for each kind of failure, so that a script can tell them apart. */
export const EXIT = { ok: 0, other: 1, usage: 2, unreachable: 3, refused: 4, interrupted: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A failure as the user sees it: a code, one sentence that says what to do, and the exit code of the program. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: string;
  readonly exit: ExitCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, exit: ExitCode, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.exit = exit;
    this.details = details;
  }
}

/** The command line itself is wrong. */
export function usageError(message: string, details: Readonly<Record<string, unknown>> = {}): CliError {
  return new CliError('usage', message, EXIT.usage, details);
}

/** Any thrown thing as a `CliError`; what is not known keeps its own sentence and exits with 1. */
export function asCliError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof AerolithError) return new CliError(error.code, error.message, EXIT.other, error.details);
  if (error instanceof Error) return new CliError(systemCode(error), systemSentence(error), EXIT.other);
  return new CliError('internal', String(error), EXIT.other);
}

/** As `asCliError`; a configuration that is wrong exits as a command line that is wrong does. */
export function asUsageError(error: unknown): CliError {
  const known = asCliError(error);
  if (known.code !== 'invalid_configuration') return known;
  return new CliError(known.code, known.message, EXIT.usage, known.details);
}

function systemCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : 'internal';
}

const SYSTEM_SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file or folder',
  EACCES: 'You may not open this file',
  EISDIR: 'This is a folder, not a file',
  ENOSPC: 'The disk is full',
};

function systemSentence(error: Error): string {
  const path = 'path' in error && typeof error.path === 'string' ? error.path : undefined;
  const known = SYSTEM_SENTENCES[systemCode(error)];
  if (known === undefined) return error.message;
  return path === undefined ? `${known}.` : `${known}: ${path}.`;
}
