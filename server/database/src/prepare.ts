import { deriveFromValues } from '@aerolithdb/engine/derive';
import {
  AerolithError,
  assertStorable,
  type Command,
  type Document,
  type DocumentOperation,
  LIMITS,
  type ObjectId,
  type Operation,
  type StoredText,
  toStored,
} from '@aerolithdb/protocol';
import { operationBytes } from './operation-bytes.ts';
import type {
  DeleteRequest,
  DocumentOrText,
  DocumentRequest,
  InsertRequest,
  UpdateRequest,
  WriteRequest,
} from './write-request.ts';

/** `derived` is there where values were given, since who has only text parses it elsewhere. */
export type Prepared = Pick<Command, 'operation' | 'derived'>;

/**
 * Makes the operation of a command out of a request: `_id`s where they are missing, stored text out of values, sizes within
 * limits. Throws `document_too_large`, `batch_too_large`, `invalid_command`, `invalid_field_name`, `invalid_value`.
 */
export function prepareOperation(request: WriteRequest, newId: () => ObjectId): Prepared {
  switch (request.type) {
    case 'insert':
      return prepareInsertAlone(request, newId);
    case 'replace':
    case 'update':
    case 'delete':
      return { operation: withinBytes(prepareDocumentOperation(request, newId)) };
    case 'transaction': {
      assertCount(request.operations.length, 'operations');
      const operations = request.operations.map((part) => prepareDocumentOperation(part, newId));
      return { operation: withinBytes({ ...request, operations }) };
    }
    case 'bulk': {
      const operations = request.operations.map((part, index) => preparePart(part, index, newId));
      return { operation: { ...request, operations } };
    }
    default:
      return { operation: request };
  }
}

function prepareInsertAlone(request: InsertRequest, newId: () => ObjectId): Prepared {
  const documents = withIds(request, newId);
  const operation = withinBytes(insertOf(request, documents));
  return documents.every(isValues) ? { operation, derived: deriveFromValues(documents) } : { operation };
}

/** Throws what `prepareOperation` throws, with the place in the bulk as `operation` of the details. */
function preparePart(request: DocumentRequest, index: number, newId: () => ObjectId): DocumentOperation {
  try {
    return withinBytes(prepareDocumentOperation(request, newId));
  } catch (error) {
    if (!(error instanceof AerolithError)) throw error;
    throw new AerolithError(error.code, `Operation ${index} of the bulk: ${error.message}`, {
      ...error.details,
      operation: index,
    });
  }
}

function prepareDocumentOperation(request: DocumentRequest, newId: () => ObjectId): DocumentOperation {
  switch (request.type) {
    case 'insert':
      return insertOf(request, withIds(request, newId));
    case 'replace':
      return { ...request, document: storedDocument(request.document) };
    case 'update':
      return prepareUpdate(request, newId);
    case 'delete':
      return prepareDelete(request);
  }
}

function withIds({ documents }: InsertRequest, newId: () => ObjectId): readonly DocumentOrText[] {
  assertCount(documents.length, 'documents');
  return documents.map((document) => withId(document, newId));
}

function insertOf({ type, collection }: InsertRequest, documents: readonly DocumentOrText[]): DocumentOperation {
  return { type, collection, documents: documents.map(storedDocument) };
}

function prepareUpdate(request: UpdateRequest, newId: () => ObjectId): DocumentOperation {
  const { filter, update, arrayFilters, sort, ...rest } = request;
  return {
    ...rest,
    filter: storedText(filter),
    update: typeof update === 'string' ? update : toStored(update instanceof Map ? update : [...update]),
    ...(arrayFilters !== undefined && {
      arrayFilters: typeof arrayFilters === 'string' ? arrayFilters : toStored([...arrayFilters]),
    }),
    ...(sort !== undefined && { sort: storedText(sort) }),
    ...(rest.upsert === true && rest.upsertId === undefined && { upsertId: toStored(newId()) }),
  };
}

function prepareDelete({ filter, sort, ...rest }: DeleteRequest): DocumentOperation {
  return { ...rest, filter: storedText(filter), ...(sort !== undefined && { sort: storedText(sort) }) };
}

function isValues(document: DocumentOrText): document is Document {
  return typeof document !== 'string';
}

/** `_id` stands first in a document, as in MongoDB. */
function withId(document: DocumentOrText, newId: () => ObjectId): DocumentOrText {
  if (typeof document === 'string') return document;
  const id = document.get('_id');
  if (id !== undefined && document.keys().next().value === '_id') return document;
  const ordered: Document = new Map([['_id', id === undefined ? newId() : id]]);
  for (const [name, value] of document) if (name !== '_id') ordered.set(name, value);
  return ordered;
}

function storedDocument(document: DocumentOrText): StoredText {
  if (typeof document !== 'string') assertStorable(document);
  const text = storedText(document);
  const bytes = Buffer.byteLength(text);
  if (bytes <= LIMITS.documentBytes) return text;
  const message = `A document has ${bytes} bytes; the limit is ${LIMITS.documentBytes}. Split it, or keep large values outside.`;
  throw new AerolithError('document_too_large', message, { bytes, limit: LIMITS.documentBytes });
}

function storedText(document: DocumentOrText): StoredText {
  return typeof document === 'string' ? document : toStored(document);
}

function assertCount(count: number, what: 'documents' | 'operations'): void {
  if (count === 0) throw new AerolithError('invalid_command', `The command holds no ${what}; give at least one.`);
  if (count <= LIMITS.batchDocuments) return;
  const message = `The command holds ${count} ${what}; the limit is ${LIMITS.batchDocuments}. Send it in parts.`;
  throw new AerolithError('batch_too_large', message, { count, limit: LIMITS.batchDocuments });
}

function withinBytes<O extends Operation>(operation: O): O {
  const bytes = operationBytes(operation);
  if (bytes <= LIMITS.commandBytes) return operation;
  const message = `The command has ${bytes} bytes; the limit is ${LIMITS.commandBytes}. Send it in parts.`;
  throw new AerolithError('batch_too_large', message, { bytes, limit: LIMITS.commandBytes });
}
