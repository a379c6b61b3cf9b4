import type { StoredText } from './command.ts';
import { namedSlices } from './json-slices.ts';
import { parseValue } from './parse-json.ts';
import type { Document } from './value.ts';

/**
 * The fields with these names, those that are there, of a text that `parseDocument` accepts: what is beside them is neither parsed nor
 * checked again.
 *
 * @example
 * parseNamedFields('{"a":1,"b":{"c":[2]},"d":3}', new Set(['b', 'e'])); // new Map([['b', new Map([['c', [2]]])]])
 */
export function parseNamedFields(text: StoredText, names: ReadonlySet<string>): Document {
  const document: Document = new Map();
  for (const [name, slice] of namedSlices(text, names)) document.set(name, parseValue(slice));
  return document;
}
