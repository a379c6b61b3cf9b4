import { outcomeError } from '@aerolithdb/database';
import { AerolithError, type Outcome, toStored } from '@aerolithdb/protocol';
import { jsonText, objectText, receiptText, resultMembers } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { arrayOf, objectOf, RECEIPT_EXAMPLE, schemaRef } from '../json-schemas.ts';
import { parseFields } from '../parse-fields.ts';
import { problemText } from '../problem.ts';
import { COLLECTION } from './shared-parameters.ts';
import { parseWrite, writeSchema } from './write-operation.ts';

const bulk = endpoint({
  id: 'bulk',
  method: 'POST',
  path: '/v1/collections/{collection}/bulk',
  tag: 'Writes',
  summary: 'Many writes in one request, each whole or not at all.',
  description:
    'One after the other, each seeing what those before it wrote. Ordered (the default): the first that fails ends it. Unordered: all are tried. A large bulk is carried out in several commands, and its receipt is that of the last. Sent again with its `Idempotency-Key` it is answered with the same results.',
  role: 'writer',
  writes: true,
  parameters: { collection: COLLECTION },
  body: {
    operations: {
      kind: 'documents',
      required: true,
      summary: 'The writes, each with its `type`.',
      schema: arrayOf(writeSchema(false)),
    },
    ordered: { kind: 'boolean', summary: 'Stop at the first that fails; true when absent.' },
  },
  bodyLimit: 'bulkBodyBytes',
  bodyExample: {
    ordered: false,
    operations: [
      { type: 'insert', documents: [{ _id: 'lyon', name: 'Lyon' }] },
      { type: 'update', filter: { _id: 'paris' }, update: { $inc: { population: 1 } } },
      { type: 'delete', filter: { _id: 'atlantis' } },
    ],
  },
  answers: [
    {
      status: 200,
      summary: 'For each write that was tried, in order: what it did, or the problem.',
      schema: objectOf({
        results: arrayOf({
          oneOf: [
            objectOf({ ok: { const: true }, receipt: schemaRef('Receipt') }),
            objectOf({ ok: { const: false }, problem: schemaRef('Problem') }),
          ],
        }),
        receipt: schemaRef('Receipt'),
      }),
      example: { results: [{ ok: true, ids: ['lyon'], receipt: RECEIPT_EXAMPLE }], receipt: RECEIPT_EXAMPLE },
    },
  ],
  errors: ['batch_too_large', 'invalid_command', 'document_too_large'],
  handle: async ({ database, session, parameters, body, command, site }) => {
    const { operations, ordered } = body;
    const limit = site.limits.bulkOperations;
    if (operations.length > limit) {
      throw new AerolithError(
        'batch_too_large',
        `The bulk holds ${operations.length} operations; the limit is ${limit}. Send it in parts.`,
        { limit },
      );
    }
    const writes = operations.map((write, index) => parseWrite(write, `operations[${index}]`, parameters.collection));
    const request = { type: 'bulk', operations: writes, ...(ordered === false && { ordered }) } as const;
    const { receipt, result } = await database.execute(session, request, command);
    const results = `[${(result.outcomes ?? []).map(outcomeText).join(',')}]`;
    return jsonText(objectText({ results, receipt: receiptText(receipt) }));
  },
});

/** What one operation did, or the problem it met. */
function outcomeText(outcome: Outcome): string {
  if (!outcome.ok) return `{"ok":false,"problem":${problemText(outcomeError(outcome.error))}}`;
  return objectText({ ok: 'true', ...resultMembers(outcome.result), receipt: receiptText(outcome.receipt) });
}

const READ_FIELDS = {
  collection: { kind: 'string', required: true, summary: 'Name of the collection.' },
  id: { kind: 'value', required: true, summary: 'The `_id`.' },
  version: { kind: 'integer', required: true, summary: 'The version it must still have; 0 when it must not exist.' },
} as const;

const READS_SCHEMA = arrayOf(
  objectOf({ collection: { type: 'string' }, id: schemaRef('Value'), version: { type: 'integer', minimum: 0 } }),
);

const transaction = endpoint({
  id: 'transaction',
  method: 'POST',
  path: '/v1/transactions',
  tag: 'Writes',
  summary: 'Several writes, in any collections: all or none.',
  description:
    'When one cannot be carried out, or a document of `reads` has another version, nothing is applied and the problem tells which.',
  role: 'any',
  writes: true,
  parameters: {},
  body: {
    operations: {
      kind: 'documents',
      required: true,
      summary: 'The writes, in order; each with its `type` and `collection`.',
      schema: arrayOf(writeSchema(true)),
    },
    reads: { kind: 'documents', summary: 'Documents that must still have the version that was read.', schema: READS_SCHEMA },
  },
  bodyLimit: 'documentsBodyBytes',
  bodyExample: {
    operations: [
      { type: 'update', collection: 'accounts', filter: { _id: 'a' }, update: { $inc: { balance: -5 } } },
      { type: 'update', collection: 'accounts', filter: { _id: 'b' }, update: { $inc: { balance: 5 } } },
    ],
    reads: [{ collection: 'accounts', id: 'a', version: 114_688 }],
  },
  answers: [
    {
      status: 200,
      summary: 'All are applied. `results` stand in the order of the operations.',
      schema: objectOf({ results: arrayOf({ type: 'object' }), receipt: schemaRef('Receipt') }),
      example: {
        results: [
          { matched: 1, modified: 1 },
          { matched: 1, modified: 1 },
        ],
        receipt: RECEIPT_EXAMPLE,
      },
    },
  ],
  errors: ['transaction_conflict', 'unknown_collection', 'batch_too_large', 'too_many_changes'],
  handle: async ({ database, session, body, command }) => {
    const operations = body.operations.map((write, index) => parseWrite(write, `operations[${index}]`));
    const reads = body.reads?.map((read, index) => {
      const { collection, id, version } = parseFields(read, READ_FIELDS, `reads[${index}]`);
      return { collection, id: toStored(id), version };
    });
    const request = { type: 'transaction', operations, ...(reads === undefined ? {} : { reads }) } as const;
    const { receipt, result } = await database.execute(session, request, command);
    return jsonText(objectText({ ...resultMembers(result), receipt: receiptText(receipt) }));
  },
});

export const BULK_ENDPOINTS = [bulk, transaction];
