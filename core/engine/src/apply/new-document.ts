import {
  AerolithError,
  assertStorable,
  type Document,
  encodeIdKey,
  LIMITS,
  parseDocument,
  type StoredText,
  toStored,
  type Value,
} from '@aerolithdb/protocol';
import type { NewDocument } from './write-row.ts';

/**
 * Checks the stored text of a document that a command brings. The text is kept as it came and not encoded anew.
 * Throws, in this order: `document_too_large`, every code of `parseDocument`, `invalid_field_name`, `invalid_value`, `too_deep`, `invalid_id`.
 */
export function newDocument(text: StoredText): NewDocument {
  assertSize(text);
  const document = parseDocument(text);
  assertStorable(document);
  const id = document.get('_id');
  if (id === undefined) throw missingId();
  return { document, text, id: idText(id), idKey: encodeIdKey(id) };
}

/** As `newDocument`, for values that an update made. */
export function newDocumentFromValues(document: Document): NewDocument {
  assertStorable(document);
  const id = document.get('_id');
  if (id === undefined) throw missingId();
  const text = storedDocument(document);
  return { document, text, id: idText(id), idKey: encodeIdKey(id) };
}

/** Stored text of a document. Throws `document_too_large`. */
export function storedDocument(document: Document): StoredText {
  const text = toStored(document);
  assertSize(text);
  return text;
}

export function idText(id: Value): StoredText {
  return toStored(id);
}

function assertSize(text: StoredText): void {
  // A UTF-16 unit is at most three bytes, so most documents need no counting.
  if (text.length * 3 <= LIMITS.documentBytes) return;
  const bytes = Buffer.byteLength(text);
  if (bytes <= LIMITS.documentBytes) return;
  throw new AerolithError(
    'document_too_large',
    `The document has ${bytes} bytes; the limit is ${LIMITS.documentBytes}. Split it.`,
    {
      bytes,
      limit: LIMITS.documentBytes,
    },
  );
}

function missingId(): AerolithError {
  return new AerolithError('invalid_id', 'The document has no _id. The entry node makes one before a command is ordered.');
}
