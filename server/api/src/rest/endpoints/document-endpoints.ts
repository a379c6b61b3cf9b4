import type { RawDocument } from '@aerolithdb/database';
import { AerolithError, type Document, type StoredText, toStored, type Value } from '@aerolithdb/protocol';
import { type Answer, idsText, jsonText, objectText, receiptText } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { entityTag, noneMatches, parseIfMatch } from '../entity-tag.ts';
import { arrayOf, INTEGER, objectOf, RECEIPT_EXAMPLE, schemaRef } from '../json-schemas.ts';
import { withoutAbsent } from '../without-absent.ts';
import { AT, COLLECTION, DOCUMENT_ID, IF_MATCH } from './shared-parameters.ts';

const DOCUMENT_PATH = '/v1/collections/{collection}/documents/{id}';
const DOCUMENT_EXAMPLE = { _id: 'paris', name: 'Paris', population: 2_138_551 };
const ETAG = { ETag: 'The version of the document, in quotes.' };

const insertDocuments = endpoint({
  id: 'insertDocuments',
  method: 'POST',
  path: '/v1/collections/{collection}/documents',
  tag: 'Documents',
  summary: 'Inserts one document, or an array of them: all or none.',
  description: 'A document without `_id` gets an object id.',
  role: 'writer',
  writes: true,
  parameters: { collection: COLLECTION },
  body: { documents: { kind: 'documentOrDocuments', required: true, summary: 'One document, or an array of them.' } },
  whole: 'documents',
  bodyLimit: 'documentsBodyBytes',
  bodyExample: [DOCUMENT_EXAMPLE],
  answers: [
    {
      status: 201,
      summary: 'All are inserted and durable. `ids` stand in the order of the documents.',
      schema: objectOf({ ids: arrayOf(schemaRef('Value')), receipt: schemaRef('Receipt') }),
      example: { ids: ['paris'], receipt: RECEIPT_EXAMPLE },
    },
  ],
  errors: [
    'unknown_collection',
    'duplicate_id',
    'duplicate_key_value',
    'schema_violation',
    'document_too_large',
    'batch_too_large',
    'invalid_field_name',
    'invalid_id',
  ],
  handle: async ({ database, session, parameters, body, command }) => {
    const request = { type: 'insert', collection: parameters.collection, documents: body.documents } as const;
    const { receipt, result } = await database.execute(session, request, command);
    return jsonText(`{"ids":${idsText(result.ids ?? [])},"receipt":${receiptText(receipt)}}`, 201);
  },
});

const getDocument = endpoint({
  id: 'getDocument',
  method: 'GET',
  path: DOCUMENT_PATH,
  tag: 'Documents',
  summary: 'One document, now or at a past height or time.',
  role: 'reader',
  parameters: {
    collection: COLLECTION,
    id: DOCUMENT_ID,
    at: { ...AT, in: 'query' },
    proof: { in: 'query', kind: 'boolean', summary: 'With a proof.', unfinished: 'A proof of a document' },
    'if-none-match': { in: 'header', kind: 'string', summary: 'The ETag of the copy you have: 304 when it is still good.' },
  },
  body: {},
  answers: [
    { status: 200, summary: 'The document.', schema: schemaRef('Document'), example: DOCUMENT_EXAMPLE, headers: ETAG },
    { status: 304, summary: 'Your copy is still good.' },
  ],
  errors: ['unknown_collection', 'unknown_document', 'invalid_id', 'invalid_position', 'not_implemented'],
  handle: ({ database, session, parameters }) => {
    const { collection, id, at } = parameters;
    const stored = toStored(id);
    const ifNoneMatch = parameters['if-none-match'];
    if (at !== undefined) {
      return database.read(session, { kind: 'get', collection, id: stored, at }).then(({ text, version }) => {
        if (text === undefined) throw unknownDocument(collection, stored);
        return documentAnswer(text, version ?? 0, ifNoneMatch);
      });
    }
    const answer = (raw: RawDocument | undefined) => {
      if (raw === undefined) throw unknownDocument(collection, stored);
      return documentAnswer(raw.text, raw.version, ifNoneMatch);
    };
    const raw = database.getRaw(session, collection, stored);
    return raw instanceof Promise ? raw.then(answer) : answer(raw);
  },
});

const putDocument = endpoint({
  id: 'putDocument',
  method: 'PUT',
  path: DOCUMENT_PATH,
  tag: 'Documents',
  summary: 'Replaces a document, or makes it where there is none.',
  description: 'With `If-Match` it only replaces. An `_id` in the body must be the one of the address.',
  role: 'writer',
  writes: true,
  parameters: { collection: COLLECTION, id: DOCUMENT_ID, 'if-match': IF_MATCH },
  body: { document: { kind: 'document', required: true, summary: 'The whole document.' } },
  whole: 'document',
  bodyLimit: 'documentsBodyBytes',
  bodyExample: DOCUMENT_EXAMPLE,
  answers: [
    {
      status: 200,
      summary: 'It is replaced.',
      schema: objectOf({ receipt: schemaRef('Receipt') }),
      example: { receipt: RECEIPT_EXAMPLE },
      headers: ETAG,
    },
    { status: 201, summary: 'It is made.', schema: objectOf({ receipt: schemaRef('Receipt') }), headers: ETAG },
  ],
  errors: [
    'unknown_collection',
    'unknown_document',
    'version_conflict',
    'immutable_id',
    'schema_violation',
    'duplicate_key_value',
    'document_too_large',
    'invalid_field_name',
    'invalid_id',
  ],
  handle: async ({ database, session, parameters, body, command }) => {
    const { collection, id } = parameters;
    const match = parseIfMatch(parameters['if-match']);
    const request = {
      type: 'replace',
      collection,
      id: toStored(id),
      document: withIdFirst(body.document, id),
      ...(match === undefined ? { upsert: true } : {}),
      ...(typeof match === 'number' ? { ifVersion: match } : {}),
    } as const;
    const { receipt, result } = await database.execute(session, request, command);
    const isMade = result.upsertedId !== undefined;
    if (!isMade && result.matched === 0) throw unknownDocument(collection, request.id);
    return jsonText(objectText({ receipt: receiptText(receipt) }), isMade ? 201 : 200, ['etag', entityTag(receipt.version)]);
  },
});

const patchDocument = endpoint({
  id: 'patchDocument',
  method: 'PATCH',
  path: DOCUMENT_PATH,
  tag: 'Documents',
  summary: 'Changes a document by update operators.',
  role: 'writer',
  writes: true,
  parameters: { collection: COLLECTION, id: DOCUMENT_ID, 'if-match': IF_MATCH },
  body: {
    update: {
      kind: 'update',
      required: true,
      summary: 'Update operators, such as `{"$inc": {"population": 1}}`, or the stages of a pipeline.',
    },
  },
  whole: 'update',
  bodyLimit: 'documentsBodyBytes',
  bodyExample: { $inc: { population: 1 } },
  answers: [
    {
      status: 200,
      summary: 'It is changed; `modified` is 0 when the update left it as it was.',
      schema: objectOf({ modified: INTEGER, receipt: schemaRef('Receipt') }),
      example: { modified: 1, receipt: RECEIPT_EXAMPLE },
      headers: ETAG,
    },
  ],
  errors: [
    'unknown_collection',
    'unknown_document',
    'version_conflict',
    'unknown_operator',
    'invalid_update',
    'immutable_id',
    'schema_violation',
    'duplicate_key_value',
    'document_too_large',
  ],
  handle: async ({ database, session, parameters, body, command }) => {
    const { collection, id } = parameters;
    const request = {
      type: 'update',
      collection,
      filter: idFilter(id),
      update: body.update,
      ...ifVersion(parameters['if-match']),
    } as const;
    const { receipt, result } = await database.execute(session, request, command);
    if (result.matched === 0) throw unknownDocument(collection, toStored(id));
    const text = `{"modified":${result.modified ?? 0},"receipt":${receiptText(receipt)}}`;
    return jsonText(text, 200, ['etag', entityTag(receipt.version)]);
  },
});

const deleteDocument = endpoint({
  id: 'deleteDocument',
  method: 'DELETE',
  path: DOCUMENT_PATH,
  tag: 'Documents',
  summary: 'Removes a document. Its history stays.',
  role: 'writer',
  writes: true,
  parameters: { collection: COLLECTION, id: DOCUMENT_ID, 'if-match': IF_MATCH },
  body: {},
  answers: [
    {
      status: 200,
      summary: 'It is removed.',
      schema: objectOf({ receipt: schemaRef('Receipt') }),
      example: { receipt: RECEIPT_EXAMPLE },
    },
  ],
  errors: ['unknown_collection', 'unknown_document', 'version_conflict', 'invalid_id'],
  handle: async ({ database, session, parameters, command }) => {
    const { collection, id } = parameters;
    const request = { type: 'delete', collection, filter: idFilter(id), ...ifVersion(parameters['if-match']) } as const;
    const { receipt, result } = await database.execute(session, request, command);
    if (result.deleted === 0) throw unknownDocument(collection, toStored(id));
    return jsonText(objectText({ receipt: receiptText(receipt) }));
  },
});

const documentHistory = endpoint({
  id: 'documentHistory',
  method: 'GET',
  path: `${DOCUMENT_PATH}/history`,
  tag: 'Documents',
  summary: 'Every version of a document, the newest first, also of a removed one.',
  role: 'reader',
  parameters: {
    collection: COLLECTION,
    id: DOCUMENT_ID,
    limit: { in: 'query', kind: 'integer', min: 1, max: 1000, summary: 'Versions at most.' },
  },
  body: {},
  answers: [
    { status: 200, summary: 'The versions.', schema: objectOf({ history: arrayOf({ type: 'object' }), height: INTEGER }) },
  ],
  errors: ['unknown_collection', 'unknown_document', 'invalid_id'],
  handle: async ({ database, session, parameters }) => {
    const { collection, id, limit } = parameters;
    const answer = await database.read(session, { kind: 'history', ...withoutAbsent({ collection, id: toStored(id), limit }) });
    if (answer.text === undefined || answer.text === '[]') throw unknownDocument(collection, toStored(id));
    return jsonText(`{"history":${answer.text},"height":${answer.height}}`);
  },
});

function documentAnswer(body: string, version: number, ifNoneMatch: string | undefined): Answer {
  const tag = entityTag(version);
  const status = noneMatches(ifNoneMatch, tag) ? 304 : 200;
  return { status, body, headers: ['etag', tag] };
}

function unknownDocument(collection: string, id: StoredText): AerolithError {
  return new AerolithError('unknown_document', `The collection "${collection}" has no document with the _id ${id}.`, {
    collection,
    id,
  });
}

function idFilter(id: Value): Document {
  return new Map([['_id', new Map([['$eq', id]])]]);
}

/** `*` asks only that the document is there, which the update and the delete of one document need anyway. */
function ifVersion(header: string | undefined): { readonly ifVersion?: number } {
  const match = parseIfMatch(header);
  return typeof match === 'number' ? { ifVersion: match } : {};
}

/** The document with the `_id` of its address first, when it has none. */
function withIdFirst(document: Document, id: Value): Document {
  return document.has('_id') ? document : new Map([['_id', id], ...document]);
}

export const DOCUMENT_ENDPOINTS = [insertDocuments, getDocument, putDocument, patchDocument, deleteDocument, documentHistory];
