import type { Database, DocumentRequest, ExecuteOptions, Session } from '@aerolithdb/database';
import { AerolithError, toStored } from '@aerolithdb/protocol';
import { jsonText, objectText, receiptText, resultMembers } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { arrayOf, objectOf, RECEIPT_EXAMPLE, schemaRef } from '../json-schemas.ts';
import { parseFields } from '../parse-fields.ts';
import { problemOf } from '../problem.ts';
import { COLLECTION } from './shared-parameters.ts';
import { parseWrite, writeSchema } from './write-operation.ts';

/** Commands of an unordered bulk that wait at once; together they become few blocks. */
const WAITING_COMMANDS = 256;

/** Characters that a bulk adds to an `Idempotency-Key` for each of its commands. */
const KEY_SUFFIX_LENGTH = 6;

const bulk = endpoint({
  id: 'bulk',
  method: 'POST',
  path: '/v1/collections/{collection}/bulk',
  tag: 'Writes',
  summary: 'Many writes in one request, each a command of its own.',
  description:
    'Ordered (the default): one after the other, and the first that fails ends it. Unordered: all are tried. With an `Idempotency-Key` of at most 58 characters each command has an id made of it, so that a bulk can be sent again.',
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
      }),
      example: { results: [{ ok: true, ids: ['lyon'], receipt: RECEIPT_EXAMPLE }] },
    },
  ],
  errors: ['batch_too_large'],
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
    const options = writes.map((_write, index) => partOptions(command, index));
    const carryOut = (index: number): Promise<Part> => carryOutPart(database, session, writes[index]!, options[index]!);
    const parts = await (ordered === false ? allParts(writes.length, carryOut) : partsInOrder(writes.length, carryOut));
    return jsonText(`{"results":[${parts.map((part) => part.text).join(',')}]}`);
  },
});

type Part = { readonly ok: boolean; readonly text: string };

async function carryOutPart(
  database: Database,
  session: Session,
  write: DocumentRequest,
  options: ExecuteOptions,
): Promise<Part> {
  try {
    const { receipt, result } = await database.execute(session, write, options);
    return { ok: true, text: objectText({ ok: 'true', ...resultMembers(result), receipt: receiptText(receipt) }) };
  } catch (error) {
    if (!(error instanceof AerolithError)) throw error;
    return { ok: false, text: `{"ok":false,"problem":${problemOf(error).body}}` };
  }
}

async function partsInOrder(count: number, carryOut: (index: number) => Promise<Part>): Promise<Part[]> {
  const parts: Part[] = [];
  for (let index = 0; index < count; index += 1) {
    const part = await carryOut(index);
    parts.push(part);
    if (!part.ok) return parts;
  }
  return parts;
}

async function allParts(count: number, carryOut: (index: number) => Promise<Part>): Promise<Part[]> {
  const parts: Part[] = [];
  for (let from = 0; from < count; from += WAITING_COMMANDS) {
    const size = Math.min(WAITING_COMMANDS, count - from);
    parts.push(...(await Promise.all(Array.from({ length: size }, (_, offset) => carryOut(from + offset)))));
  }
  return parts;
}

/** Throws `invalid_request` when the key leaves no room for a number. */
function partOptions({ commandId }: ExecuteOptions, index: number): ExecuteOptions {
  if (commandId === undefined) return {};
  const part = `${commandId}.${index}`;
  if (commandId.length + KEY_SUFFIX_LENGTH <= 64) return { commandId: part };
  throw new AerolithError('invalid_request', 'The Idempotency-Key of a bulk must have at most 58 characters.', {
    header: 'Idempotency-Key',
  });
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
