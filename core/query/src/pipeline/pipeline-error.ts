import { AerolithError, type ErrorDetails } from '@aerolithdb/protocol';

/** The error for a stage whose arguments are wrong, or that meets a document it cannot work on. `message` says what to write instead. */
export function invalidPipeline(stage: string, message: string, details: ErrorDetails = {}): AerolithError {
  return new AerolithError('invalid_pipeline', message, { stage, ...details });
}
