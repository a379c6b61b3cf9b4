import { isUtf8 } from 'node:buffer';
import { AerolithError, isDocument, parseValue, type Value } from '@aerolithdb/protocol';
import type { Fields, Parsed } from './field.ts';
import { parseFields, parseWhole } from './parse-fields.ts';

type BodyDescription<B extends Fields> = { readonly body: B; readonly whole?: keyof B & string; readonly optionalBody?: boolean };

/**
 * The function that reads the body of a request by the strict parser of the protocol, so that no number, key order or type is
 * lost. It throws `invalid_request` when the body is missing or does not fit, and every code of `parseValue`.
 */
export function parseBody<B extends Fields>(description: BodyDescription<B>): (bytes: Buffer | undefined) => Parsed<B> {
  const { body, whole, optionalBody } = description;
  if (Object.keys(body).length === 0) return refuseBody;
  return (bytes) => {
    if (bytes === undefined || bytes.length === 0) {
      if (optionalBody === true) return parseFields(new Map(), body);
      throw new AerolithError(
        'invalid_request',
        'The request must have a JSON body, with the header Content-Type: application/json.',
      );
    }
    const value = parseValue(decodeText(bytes));
    return whole === undefined ? parseFields(object(value), body) : parseWhole(value, body, whole);
  };
}

function refuseBody<B extends Fields>(bytes: Buffer | undefined): Parsed<B> {
  if (bytes !== undefined && bytes.length > 0) {
    throw new AerolithError('invalid_request', 'This address takes no body; send the request without one.');
  }
  return NO_FIELDS as Parsed<B>;
}

const NO_FIELDS: unknown = {};

/** UTF-8 text out of bytes. Throws `invalid_json` when they are not UTF-8. */
export function decodeText(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new AerolithError('invalid_json', 'The body is not UTF-8 text; encode it as UTF-8.');
  return bytes.toString('utf8');
}

function object(value: Value): Map<string, Value> {
  if (isDocument(value)) return value;
  throw new AerolithError('invalid_request', 'The body must be a JSON object.');
}
