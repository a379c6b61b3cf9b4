import { AerolithError, assertStorable, type Document, parseDocument, toRelaxed } from '@aerolithdb/protocol';
import type { ObjectIdSource } from '../remote/object-id-source.ts';

/**
 * Checks a document and gives the text to send: the text as it came, with an `_id` put first when it has none. The id is made
 * here, so that a batch that is sent twice holds the same ids both times. `idField` names the field whose value becomes the id.
 * Throws the parser's errors, and `invalid_id` when the field is missing or an id is there already.
 */
export function prepareDocument(text: string, ids: ObjectIdSource, idField?: string): string {
  const document = parseDocument(text);
  assertStorable(document);
  if (idField !== undefined && idField !== '_id') return withId(text, document, idFrom(document, idField));
  return document.has('_id') ? text : withId(text, document, toRelaxed(ids.next()));
}

function idFrom(document: Document, field: string): string {
  if (document.has('_id')) throw new AerolithError('invalid_id', 'The document has an _id already; leave out --id.', { field });
  const value = document.get(field);
  if (value !== undefined) return toRelaxed(value);
  throw new AerolithError('invalid_id', `The document has no field "${field}" to take its _id from.`, { field });
}

function withId(text: string, document: Document, id: string): string {
  const rest = text.slice(text.indexOf('{') + 1);
  return `{"_id":${id}${document.size === 0 ? '' : ','}${rest}`;
}
