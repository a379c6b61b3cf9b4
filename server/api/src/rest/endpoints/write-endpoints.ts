import { AerolithError, type Document } from '@aerolithdb/protocol';
import { jsonText, objectText, receiptText, resultMembers } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { INTEGER, objectOf, RECEIPT_EXAMPLE, schemaRef } from '../json-schemas.ts';
import { withoutAbsent } from '../without-absent.ts';
import { COLLECTION } from './shared-parameters.ts';
import { WRITE_FIELDS } from './write-operation.ts';

const WRITE_ERRORS = [
  'unknown_collection',
  'invalid_filter',
  'unknown_operator',
  'invalid_expression',
  'invalid_regex',
  'version_conflict',
] as const;

const UPDATE_ERRORS = [
  ...WRITE_ERRORS,
  'invalid_update',
  'immutable_id',
  'schema_violation',
  'duplicate_key_value',
  'duplicate_id',
  'document_too_large',
] as const;

const update = endpoint({
  id: 'update',
  method: 'POST',
  path: '/v1/collections/{collection}/update',
  tag: 'Writes',
  summary: 'Changes the documents that a filter selects.',
  description:
    'With `multi` a large update is carried out in several commands, one after the other: the receipt is that of the last.',
  role: 'writer',
  writes: true,
  parameters: { collection: COLLECTION },
  body: WRITE_FIELDS.update,
  bodyLimit: 'documentsBodyBytes',
  bodyExample: { filter: { country: 'FR' }, update: { $set: { currency: 'EUR' } }, multi: true },
  answers: [
    {
      status: 200,
      summary: 'How many matched and how many were changed.',
      schema: objectOf(
        { matched: INTEGER, modified: INTEGER, receipt: schemaRef('Receipt') },
        { upsertedId: schemaRef('Value') },
      ),
      example: { matched: 37, modified: 37, receipt: RECEIPT_EXAMPLE },
    },
  ],
  errors: UPDATE_ERRORS,
  handle: async ({ database, session, parameters, body, command }) => {
    const request = { type: 'update', collection: parameters.collection, ...withoutAbsent(body) } as const;
    const { receipt, result } = await database.execute(session, request, command);
    return jsonText(objectText({ ...resultMembers(result), receipt: receiptText(receipt) }));
  },
});

const remove = endpoint({
  id: 'delete',
  method: 'POST',
  path: '/v1/collections/{collection}/delete',
  tag: 'Writes',
  summary: 'Removes the documents that a filter selects.',
  description:
    'With `multi` a large delete is carried out in several commands, one after the other: the receipt is that of the last.',
  role: 'writer',
  writes: true,
  parameters: { collection: COLLECTION },
  body: WRITE_FIELDS.delete,
  bodyExample: { filter: { population: 0 }, multi: true },
  answers: [
    {
      status: 200,
      summary: 'How many were removed.',
      schema: objectOf({ deleted: INTEGER, receipt: schemaRef('Receipt') }),
      example: { deleted: 3, receipt: RECEIPT_EXAMPLE },
    },
  ],
  errors: WRITE_ERRORS,
  handle: async ({ database, session, parameters, body, command }) => {
    const request = { type: 'delete', collection: parameters.collection, ...withoutAbsent(body) } as const;
    const { receipt, result } = await database.execute(session, request, command);
    return jsonText(objectText({ ...resultMembers(result), receipt: receiptText(receipt) }));
  },
});

const findAndModify = endpoint({
  id: 'findAndModify',
  method: 'POST',
  path: '/v1/collections/{collection}/find-and-modify',
  tag: 'Writes',
  summary: 'Changes or removes one document and answers with it, in one step.',
  role: 'writer',
  writes: true,
  parameters: { collection: COLLECTION },
  body: {
    filter: WRITE_FIELDS.update.filter,
    update: { kind: 'update', summary: 'Update operators, or the stages of a pipeline. Either this or `delete`.' },
    delete: { kind: 'boolean', summary: 'Remove the document. Either this or `update`.' },
    arrayFilters: WRITE_FIELDS.update.arrayFilters,
    sort: WRITE_FIELDS.update.sort,
    upsert: WRITE_FIELDS.update.upsert,
    projection: { kind: 'document', summary: 'Which fields of the document are shown.' },
    returning: { kind: 'string', values: ['before', 'after'], summary: 'Which image of the document; `before` when absent.' },
    ifVersion: WRITE_FIELDS.update.ifVersion,
  },
  bodyLimit: 'documentsBodyBytes',
  bodyExample: { filter: { state: 'waiting' }, sort: { since: 1 }, update: { $set: { state: 'taken' } }, returning: 'after' },
  answers: [
    {
      status: 200,
      summary: 'The document; null when none matched (or, with `before`, when it was made).',
      schema: objectOf(
        { document: { anyOf: [schemaRef('Document'), { type: 'null' }] }, receipt: schemaRef('Receipt') },
        { matched: INTEGER, modified: INTEGER, deleted: INTEGER, upsertedId: schemaRef('Value') },
      ),
      example: { document: { _id: 1, state: 'taken' }, matched: 1, modified: 1, receipt: RECEIPT_EXAMPLE },
    },
  ],
  errors: [...UPDATE_ERRORS, 'invalid_sort', 'invalid_projection'],
  handle: async ({ database, session, parameters, body, command }) => {
    const { delete: removes, update: changes, returning, ...rest } = body;
    const { collection } = parameters;
    const request =
      removes === true
        ? ({ type: 'delete', collection, ...removal({ ...rest, changes, returning }), returning: 'before' } as const)
        : ({
            type: 'update',
            collection,
            ...withoutAbsent(rest),
            update: operators(changes),
            returning: returning === 'after' ? 'after' : 'before',
          } as const);
    const { receipt, result } = await database.execute(session, request, command);
    return jsonText(objectText({ document: 'null', ...withoutAbsent(resultMembers(result)), receipt: receiptText(receipt) }));
  },
});

type Removal = {
  readonly filter: Document;
  readonly sort?: Document | undefined;
  readonly ifVersion?: number | undefined;
  readonly projection?: Document | undefined;
  readonly changes?: Document | readonly Document[] | undefined;
  readonly arrayFilters?: readonly Document[] | undefined;
  readonly upsert?: boolean | undefined;
  readonly returning?: string | undefined;
};

/** What a delete takes. Throws `invalid_request` for a field that only an update takes. */
function removal({ filter, sort, ifVersion, projection, changes, arrayFilters, upsert, returning }: Removal): {
  filter: Document;
  sort?: Document;
  ifVersion?: number;
  projection?: Document;
} {
  const isUpdate = changes !== undefined || arrayFilters !== undefined || upsert === true || returning === 'after';
  if (isUpdate) {
    throw new AerolithError(
      'invalid_request',
      'With "delete": true there can be no "update", "arrayFilters" or "upsert", and no image after; leave them out.',
    );
  }
  return { filter, ...withoutAbsent({ sort, ifVersion, projection }) };
}

function operators(changes: Document | readonly Document[] | undefined): Document | readonly Document[] {
  if (changes !== undefined) return changes;
  throw new AerolithError('invalid_request', 'Give "update" with update operators or stages, or "delete": true.', {
    field: 'update',
  });
}

export const WRITE_ENDPOINTS = [update, remove, findAndModify];
