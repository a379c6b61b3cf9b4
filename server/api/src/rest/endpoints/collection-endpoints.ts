import { AerolithError, type CollectionOptions, isDocument, toStored, type Value } from '@aerolithdb/protocol';
import { jsonText, objectText, receiptText } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { arrayOf, objectOf, RECEIPT_EXAMPLE, STRING, schemaRef } from '../json-schemas.ts';
import { collectionText } from './collection-text.ts';
import { COLLECTION } from './shared-parameters.ts';

const SCHEMA_EXAMPLE = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string' }, population: { type: 'number', minimum: 0 } },
};

const OPTION_FIELDS = {
  schema: {
    kind: 'value',
    summary: 'JSON Schema 2020-12 that every document must satisfy; null removes it.',
    example: SCHEMA_EXAMPLE,
  },
  history: { kind: 'value', summary: 'How long history is kept.', unfinished: 'The option "history" of a collection' },
  provable: { kind: 'value', summary: 'Which indexes give proofs.', unfinished: 'The option "provable" of a collection' },
  conflict: {
    kind: 'value',
    summary: 'What happens to concurrent writes of two regions.',
    unfinished: 'The option "conflict" of a collection',
  },
  tiering: {
    kind: 'value',
    summary: 'When documents move to colder storage.',
    unfinished: 'The option "tiering" of a collection',
  },
} as const;

const NAME = { kind: 'string', required: true, summary: 'Name of the collection.', example: 'cities' } as const;

const RECEIPT_ANSWER = { schema: objectOf({ receipt: schemaRef('Receipt') }), example: { receipt: RECEIPT_EXAMPLE } };

const listCollections = endpoint({
  id: 'listCollections',
  method: 'GET',
  path: '/v1/collections',
  tag: 'Collections',
  summary: 'The collections that you may read.',
  role: 'any',
  parameters: {},
  body: {},
  answers: [
    { status: 200, summary: 'In the order of their names.', schema: objectOf({ collections: arrayOf(schemaRef('Collection')) }) },
  ],
  errors: [],
  handle: async ({ database, session }) => {
    const collections = await database.collections(session);
    return jsonText(`{"collections":[${collections.map(collectionText).join(',')}]}`);
  },
});

const createCollection = endpoint({
  id: 'createCollection',
  method: 'POST',
  path: '/v1/collections',
  tag: 'Collections',
  summary: 'Makes a collection.',
  role: 'admin',
  writes: true,
  parameters: {},
  body: { name: NAME, ...OPTION_FIELDS },
  bodyExample: { name: 'cities', schema: SCHEMA_EXAMPLE },
  answers: [
    {
      status: 201,
      summary: 'It is made.',
      schema: objectOf({ name: STRING, receipt: schemaRef('Receipt') }),
      example: { name: 'cities', receipt: RECEIPT_EXAMPLE },
    },
  ],
  errors: ['collection_exists', 'invalid_name', 'invalid_schema'],
  handle: async ({ database, session, body, command }) => {
    const { name, schema } = body;
    const request = { type: 'createCollection', collection: name, options: schema === null ? {} : optionsOf(schema) } as const;
    const { receipt } = await database.execute(session, request, command);
    return jsonText(objectText({ name: JSON.stringify(name), receipt: receiptText(receipt) }), 201, [
      'location',
      `/v1/collections/${encodeURIComponent(name)}`,
    ]);
  },
});

const getCollection = endpoint({
  id: 'getCollection',
  method: 'GET',
  path: '/v1/collections/{collection}',
  tag: 'Collections',
  summary: 'One collection: options, number of documents, indexes.',
  role: 'reader',
  parameters: { collection: COLLECTION },
  body: {},
  answers: [{ status: 200, summary: 'The collection.', schema: schemaRef('Collection') }],
  errors: ['unknown_collection'],
  handle: async ({ database, session, parameters }) =>
    jsonText(collectionText(await database.collection(session, parameters.collection))),
});

const alterCollection = endpoint({
  id: 'alterCollection',
  method: 'PATCH',
  path: '/v1/collections/{collection}',
  tag: 'Collections',
  summary: 'Changes the options of a collection.',
  description:
    'An option that is absent stays as it is; null removes it. Documents that are there already are not checked against a new schema.',
  role: 'owner',
  writes: true,
  parameters: { collection: COLLECTION },
  body: OPTION_FIELDS,
  bodyExample: { schema: null },
  answers: [{ status: 200, summary: 'It is changed.', ...RECEIPT_ANSWER }],
  errors: ['unknown_collection', 'invalid_schema'],
  handle: async ({ database, session, parameters, body, command }) => {
    const request = { type: 'alterCollection', collection: parameters.collection, options: optionsOf(body.schema) } as const;
    const { receipt } = await database.execute(session, request, command);
    return jsonText(objectText({ receipt: receiptText(receipt) }));
  },
});

const dropCollection = endpoint({
  id: 'dropCollection',
  method: 'DELETE',
  path: '/v1/collections/{collection}',
  tag: 'Collections',
  summary: 'Removes a collection with its documents and indexes.',
  role: 'owner',
  writes: true,
  parameters: { collection: COLLECTION },
  body: {},
  answers: [{ status: 200, summary: 'It is removed.', ...RECEIPT_ANSWER }],
  errors: ['unknown_collection'],
  handle: async ({ database, session, parameters, command }) => {
    const request = { type: 'dropCollection', collection: parameters.collection } as const;
    const { receipt } = await database.execute(session, request, command);
    return jsonText(objectText({ receipt: receiptText(receipt) }));
  },
});

function optionsOf(schema: Value | undefined): CollectionOptions {
  if (schema === undefined) return {};
  if (schema === null) return { schema: null };
  if (isDocument(schema) || typeof schema === 'boolean') return { schema: toStored(schema) };
  throw new AerolithError('invalid_schema', 'The schema must be a JSON Schema object, or null to remove it.');
}

export const COLLECTION_ENDPOINTS = [listCollections, createCollection, getCollection, alterCollection, dropCollection];
