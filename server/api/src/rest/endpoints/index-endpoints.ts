import { indexSpecText } from '@aerolithdb/protocol';
import { jsonText, objectText, receiptText } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { arrayOf, objectOf, RECEIPT_EXAMPLE, STRING, schemaRef } from '../json-schemas.ts';
import { INDEX_DEFINITION, indexSpecOfBody } from './index-definition.ts';
import { COLLECTION } from './shared-parameters.ts';

const NAME = {
  in: 'path',
  kind: 'string',
  required: true,
  summary: 'Name of the index.',
  example: 'country_1_population_-1',
} as const;

const listIndexes = endpoint({
  id: 'listIndexes',
  method: 'GET',
  path: '/v1/collections/{collection}/indexes',
  tag: 'Indexes',
  summary: 'The indexes of a collection.',
  role: 'reader',
  parameters: { collection: COLLECTION },
  body: {},
  answers: [
    {
      status: 200,
      summary: 'All but the one on `_id`, which is always there.',
      schema: objectOf({ indexes: arrayOf(schemaRef('Index')) }),
    },
  ],
  errors: ['unknown_collection'],
  handle: async ({ database, session, parameters }) => {
    const { indexes } = await database.collection(session, parameters.collection);
    return jsonText(`{"indexes":[${indexes.map(indexSpecText).join(',')}]}`);
  },
});

const createIndex = endpoint({
  id: 'createIndex',
  method: 'POST',
  path: '/v1/collections/{collection}/indexes',
  tag: 'Indexes',
  summary: 'Makes an index. Making the same one again changes nothing.',
  description:
    'Over many documents it is built while writes go on: the list of indexes shows how far it is, and queries use it once it is ready.',
  role: 'owner',
  writes: true,
  parameters: { collection: COLLECTION },
  body: INDEX_DEFINITION,
  bodyExample: { keys: { country: 1, population: -1 } },
  answers: [
    {
      status: 201,
      summary: 'It is made, or its build has begun.',
      schema: objectOf({ name: STRING, receipt: schemaRef('Receipt') }),
      example: { name: 'country_1_population_-1', receipt: RECEIPT_EXAMPLE },
    },
  ],
  errors: [
    'unknown_collection',
    'index_exists',
    'invalid_index',
    'invalid_name',
    'duplicate_key_value',
    'too_many_indexes',
    'index_key_too_large',
  ],
  handle: async ({ database, session, parameters, body, command }) => {
    const { collection } = parameters;
    const index = indexSpecOfBody(body);
    const { receipt } = await database.execute(session, { type: 'createIndex', collection, index }, command);
    return jsonText(objectText({ name: JSON.stringify(index.name), receipt: receiptText(receipt) }), 201);
  },
});

const dropIndex = endpoint({
  id: 'dropIndex',
  method: 'DELETE',
  path: '/v1/collections/{collection}/indexes/{name}',
  tag: 'Indexes',
  summary: 'Removes an index.',
  role: 'owner',
  writes: true,
  parameters: { collection: COLLECTION, name: NAME },
  body: {},
  answers: [
    {
      status: 200,
      summary: 'It is removed.',
      schema: objectOf({ receipt: schemaRef('Receipt') }),
      example: { receipt: RECEIPT_EXAMPLE },
    },
  ],
  errors: ['unknown_collection', 'unknown_index'],
  handle: async ({ database, session, parameters, command }) => {
    const { collection, name } = parameters;
    const { receipt } = await database.execute(session, { type: 'dropIndex', collection, index: name }, command);
    return jsonText(objectText({ receipt: receiptText(receipt) }));
  },
});

const alterIndex = endpoint({
  id: 'alterIndex',
  method: 'PATCH',
  path: '/v1/collections/{collection}/indexes/{name}',
  tag: 'Indexes',
  summary: 'Hides an index from queries or shows it again, or changes when documents expire.',
  role: 'owner',
  writes: true,
  parameters: { collection: COLLECTION, name: NAME },
  body: { hidden: INDEX_DEFINITION.hidden, expireAfterSeconds: INDEX_DEFINITION.expireAfterSeconds },
  bodyExample: { hidden: true },
  answers: [
    {
      status: 200,
      summary: 'It is changed.',
      schema: objectOf({ receipt: schemaRef('Receipt') }),
      example: { receipt: RECEIPT_EXAMPLE },
    },
  ],
  errors: ['unknown_collection', 'unknown_index', 'invalid_index'],
  handle: async ({ database, session, parameters, body, command }) => {
    const { collection, name } = parameters;
    const { receipt } = await database.execute(session, { type: 'alterIndex', collection, index: name, ...body }, command);
    return jsonText(objectText({ receipt: receiptText(receipt) }));
  },
});

export const INDEX_ENDPOINTS = [listIndexes, createIndex, alterIndex, dropIndex];
