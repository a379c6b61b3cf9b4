import { AerolithError, type ErrorCode, type OutcomeError } from '@aerolithdb/protocol';

/** Codes that say that this machine failed, not that the command is refused. */
const FAULTS: ReadonlySet<ErrorCode> = new Set(['storage_full', 'storage_failed', 'storage_corrupt', 'internal']);

/** The refusal that an error means; `undefined` for faults of the machine and of the program, which end the block. */
export function refusalOf(error: unknown): OutcomeError | undefined {
  if (!(error instanceof AerolithError) || FAULTS.has(error.code)) return undefined;
  const hasDetails = Object.keys(error.details).length > 0;
  return { code: error.code, message: error.message, ...(hasDetails ? { details: error.details } : {}) };
}
