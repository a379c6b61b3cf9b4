import type { Hash } from './block.ts';
import { CANONICAL_FORM } from './extended-json.ts';
import { toHex } from './hex.ts';
import { quoteText } from './quote-text.ts';
import { sha256 as portableSha256, type Sha256 } from './sha256.ts';
import { type Document, RegularExpression, Timestamp, type Value } from './value.ts';
import { writeJson } from './write-json.ts';

/** Raised when the form of any value changes, and with it the hashes of documents. */
export const CANONICAL_FORMAT = 1;

const encoder = new TextEncoder();

/**
 * RFC 8785 (JCS) over canonical Extended JSON: no white space, fields in the order of their UTF-16 code units. The numbers of a
 * document are text there, so any language can make it without a number formatter of its own, but for doubles: their text is the
 * one ECMAScript gives (`Number::toString`), with `.0` after a whole number that has no exponent.
 *
 * @example
 * canonicalForm(parseValue('{"b":1,"a":"x"}')); // '{"a":"x","b":{"$numberInt":"1"}}'
 */
export function canonicalForm(value: Value): string {
  if (value instanceof Map) return canonicalObject(value);
  if (Array.isArray(value)) return `[${value.map(canonicalForm).join(',')}]`;
  if (value instanceof RegularExpression) {
    return `{"$regularExpression":{"options":${quoteText(value.options)},"pattern":${quoteText(value.pattern)}}}`;
  }
  if (value instanceof Timestamp) return `{"$timestamp":{"i":${value.ordinal},"t":${value.seconds}}}`;
  return writeJson(value, CANONICAL_FORM);
}

function canonicalObject(document: Document): string {
  let text = '{';
  for (const name of [...document.keys()].sort()) {
    text += `${text.length === 1 ? '' : ','}${quoteText(name)}:${canonicalForm(document.get(name)!)}`;
  }
  return `${text}}`;
}

/** SHA-256 of the canonical form in UTF-8. */
export function documentHash(document: Document, sha256: Sha256 = portableSha256): Hash {
  return toHex(sha256(encoder.encode(canonicalForm(document))));
}
