import type { ErrorCode } from './error-catalogue.ts';

export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The one error class of AerolithDB: a code out of the catalogue, a sentence that says what to do, and typed details.
 *
 * @example
 * throw new AerolithError('unknown_collection', `No collection is named "citys"; did you mean "cities"?`, { collection: 'citys', nearest: 'cities' });
 */
export class AerolithError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AerolithError';
  readonly code: Code;
  readonly details: ErrorDetails;

  constructor(code: Code, message: string, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** What is not finished says so; it never returns a made-up success. */
export class NotImplemented extends AerolithError<'not_implemented'> {
  constructor(what: string) {
    super('not_implemented', `${what} is not implemented yet.`, { what });
  }
}
