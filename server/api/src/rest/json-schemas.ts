import { INDEX_KEYS, SIMILARITIES } from '@aerolithdb/protocol';
import type { JsonSchema } from './field.ts';

const HASH = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const POSITION = { type: 'integer', minimum: 0 };
const TIME = { type: 'integer', description: 'Milliseconds since 1970.' };

export const NAMED_SCHEMAS = {
  Value: {
    description:
      'Any value of a document, as Extended JSON v2: plain JSON, or a one-key wrapper such as {"$oid": "…"} or {"$date": "…"}.',
  },
  Document: {
    type: 'object',
    description: 'A document, as Extended JSON v2. Relaxed form goes out; relaxed and canonical form are taken.',
    additionalProperties: true,
  },
  Receipt: {
    type: 'object',
    description: 'Where the write stands in the log. It is durable.',
    required: ['height', 'position', 'commandId', 'version', 'time'],
    properties: {
      height: { type: 'integer', minimum: 1 },
      position: POSITION,
      commandId: { type: 'string' },
      version: { ...POSITION, description: 'Version of the last document the command wrote.' },
      time: { ...TIME, description: 'Time of the block, milliseconds since 1970.' },
    },
  },
  Problem: {
    type: 'object',
    description: 'RFC 9457. Further members tell the details of the error.',
    required: ['type', 'title', 'status', 'detail', 'code'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string', description: 'What the code means.' },
      status: { type: 'integer' },
      detail: { type: 'string', description: 'What is wrong here, and what to do.' },
      code: { type: 'string', description: 'The code of the error, which never changes. See the errors page of the reference.' },
    },
    additionalProperties: true,
  },
  Index: {
    type: 'object',
    required: ['name', 'keys'],
    properties: {
      name: { type: 'string' },
      keys: {
        type: 'object',
        description: 'Dotted path to 1, -1 or the word of another kind, in order.',
        additionalProperties: { enum: INDEX_KEYS },
      },
      unique: { type: 'boolean' },
      sparse: { type: 'boolean' },
      partialFilterExpression: { type: 'object' },
      expireAfterSeconds: { type: 'integer', minimum: 0 },
      hidden: { type: 'boolean' },
      wildcardProjection: { type: 'object' },
      weights: { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } },
      defaultLanguage: { type: 'string' },
      languageOverride: { type: 'string' },
      dimensions: { type: 'integer', minimum: 1 },
      similarity: { enum: SIMILARITIES },
      build: {
        type: 'object',
        description: 'Of an index that is not ready: how far its build is, or why it failed.',
        required: ['state'],
        properties: {
          state: { enum: ['building', 'failed'] },
          done: { type: 'integer', minimum: 0 },
          total: { type: 'integer', minimum: 0 },
          error: { type: 'object', properties: { code: { type: 'string' }, message: { type: 'string' } } },
        },
      },
    },
  },
  Collection: {
    type: 'object',
    required: ['name', 'documents', 'options', 'indexes'],
    properties: {
      name: { type: 'string' },
      documents: { type: 'integer', minimum: 0 },
      options: { type: 'object', properties: { schema: { type: 'object', description: 'JSON Schema 2020-12.' } } },
      indexes: { type: 'array', items: { $ref: '#/components/schemas/Index' } },
    },
  },
  Change: {
    type: 'object',
    description: 'One change of the log. It is linked by hash to the change before it in its collection.',
    required: ['position', 'height', 'kind', 'collection', 'version', 'previousHash', 'hash'],
    properties: {
      position: POSITION,
      height: { type: 'integer', minimum: 1 },
      time: TIME,
      kind: { enum: ['insert', 'replace', 'update', 'delete', 'createCollection', 'dropCollection'] },
      collection: { type: 'string' },
      id: { $ref: '#/components/schemas/Value' },
      version: POSITION,
      document: { $ref: '#/components/schemas/Document' },
      previousHash: HASH,
      hash: HASH,
    },
    additionalProperties: true,
  },
  Principal: {
    type: 'object',
    required: ['name', 'kind', 'grants'],
    properties: {
      name: { type: 'string' },
      kind: { enum: ['user', 'token'] },
      grants: { type: 'object', additionalProperties: { enum: ['reader', 'writer', 'owner', 'admin'] } },
      expiresAt: TIME,
    },
  },
  Explanation: {
    type: 'object',
    description: 'How the query was carried out.',
    required: ['access'],
    properties: {
      access: { enum: ['id', 'index', 'scan', 'history'] },
      index: { type: 'string' },
      sql: { type: 'string' },
      residual: { type: 'array', items: { type: 'object' } },
      sortedByIndex: { type: 'boolean' },
      rejected: { type: 'array', items: { type: 'string' } },
      rowsRead: { type: 'integer' },
      rowsReturned: { type: 'integer' },
      fingerprint: { type: 'string', description: 'Names the shape of the query, without its constants.' },
      estimated: { type: 'object', description: 'What the planner expects: `entries`, `rows`, `cost`.' },
      actual: { type: 'object', description: 'What was met: `entries`, `rows`.' },
      qError: { type: 'number', description: 'How far the estimated rows are from those that were met; 1 is exact.' },
      considered: { type: 'array', items: { type: 'object' }, description: 'The plans that were weighed, the cheapest first.' },
      stages: { type: 'array', items: { type: 'object' }, description: 'Of a pipeline: where each stage ran.' },
      vectorSearch: { type: 'object', description: 'Of a pipeline: how $vectorSearch found its documents.' },
      spilledBytes: {
        type: 'integer',
        description: 'Of a pipeline: bytes that stages wrote into files since memory did not hold them.',
      },
    },
  },
} as const satisfies Readonly<Record<string, JsonSchema>>;

export type SchemaName = keyof typeof NAMED_SCHEMAS;

export function schemaRef(name: SchemaName): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** An object of these members, all of them required. */
export function objectOf(
  properties: Readonly<Record<string, JsonSchema>>,
  optional: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  return { type: 'object', required: Object.keys(properties), properties: { ...properties, ...optional } };
}

export function arrayOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}

export const INTEGER: JsonSchema = { type: 'integer', minimum: 0 };
export const STRING: JsonSchema = { type: 'string' };
export const RECEIPT_EXAMPLE = { height: 7, position: 114_688, commandId: 'load-7', version: 114_688, time: 1_767_225_600_000 };
