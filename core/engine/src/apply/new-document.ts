import {
  AerolithError,
  assertStorable,
  type DerivedDocument,
  type Document,
  encodeIdKey,
  LIMITS,
  parseDocument,
  parseNamedFields,
  type StoredText,
  toStored,
  type Value,
} from '@aerolithdb/protocol';

/** A document that has passed the checks of its form. */
export class NewDocument {
  readonly text: StoredText;
  /** Stored text of its `_id`. */
  readonly id: StoredText;
  readonly idKey: Uint8Array;
  #document: Document | undefined;

  /** `document`: what `text` says, where someone has parsed it already. */
  constructor(text: StoredText, { id, idKey }: DerivedDocument, document?: Document) {
    this.text = text;
    this.id = id;
    this.idKey = idKey;
    this.#document = document;
  }

  /** Parsed when it is first asked for. */
  get document(): Document {
    this.#document ??= parseDocument(this.text);
    return this.#document;
  }

  /** A document that has at least the fields with these names, as far as they are there. */
  withFields(names: ReadonlySet<string>): Document {
    return this.#document ?? parseNamedFields(this.text, names);
  }
}

/**
 * Checks the stored text of a document that a command brings. The text is kept as it came and not encoded anew.
 * Throws, in this order: `document_too_large`, every code of `parseDocument`, `invalid_field_name`, `invalid_value`, `too_deep`, `invalid_id`.
 */
export function newDocument(text: StoredText): NewDocument {
  assertSize(text);
  const document = parseDocument(text);
  assertStorable(document);
  return new NewDocument(text, identityOf(document), document);
}

/** As `newDocument`, for values that an update made. */
export function newDocumentFromValues(document: Document): NewDocument {
  assertStorable(document);
  const identity = identityOf(document);
  return new NewDocument(storedDocument(document), identity, document);
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

/** Throws `invalid_id`. */
export function identityOf(document: Document): DerivedDocument {
  const id = document.get('_id');
  if (id === undefined) throw missingId();
  return { id: idText(id), idKey: encodeIdKey(id) };
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
