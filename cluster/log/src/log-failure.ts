import { AerolithError } from '@aerolithdb/protocol';

/** What a submitter is told when the state machine throws. What is not an error of the catalogue is a fault of the program. */
export function logFailure(thrown: unknown): AerolithError {
  if (thrown instanceof AerolithError) return thrown;
  const cause = thrown instanceof Error ? thrown.message : String(thrown);
  return new AerolithError('internal', `The write was not applied because of a fault of the program: ${cause}`, { cause });
}

export function logClosed(): AerolithError {
  return new AerolithError('log_closed', 'The node is stopping; send the command again when it runs.');
}
