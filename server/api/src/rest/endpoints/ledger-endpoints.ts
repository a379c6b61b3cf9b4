import { AerolithError, NotImplemented } from '@aerolithdb/protocol';
import { jsonText } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { COLLECTION, DOCUMENT_ID } from './shared-parameters.ts';

const block = endpoint({
  id: 'getBlock',
  method: 'GET',
  path: '/v1/blocks/{height}',
  tag: 'Ledger',
  summary: 'One block of the ledger: its header, commands and changes.',
  role: 'reader',
  parameters: { height: { in: 'path', kind: 'integer', min: 1, required: true, summary: 'Its height.', example: 7 } },
  body: {},
  answers: [{ status: 200, summary: 'The block.', schema: { type: 'object' } }],
  errors: ['unknown_block'],
  handle: async ({ database, session, parameters }) => {
    const { height } = parameters;
    const answer = await database.read(session, { kind: 'block', height });
    if (answer.text === undefined)
      throw new AerolithError('unknown_block', `There is no block ${height}; the log is at ${answer.height}.`, { height });
    return jsonText(answer.text);
  },
});

const proof = endpoint({
  id: 'getProof',
  method: 'GET',
  path: '/v1/proofs/{collection}/{id}',
  tag: 'Ledger',
  summary: 'A proof of a document or of its absence. Not built yet.',
  role: 'reader',
  parameters: { collection: COLLECTION, id: DOCUMENT_ID },
  body: {},
  answers: [],
  errors: ['not_implemented'],
  handle: () => {
    throw new NotImplemented('A proof of a document');
  },
});

const audit = endpoint({
  id: 'audit',
  method: 'GET',
  path: '/v1/audit',
  tag: 'Ledger',
  summary: 'What an auditor asks of the ledger. Not built yet.',
  role: 'reader',
  parameters: {},
  body: {},
  answers: [],
  errors: ['not_implemented'],
  handle: () => {
    throw new NotImplemented('The audit of the ledger');
  },
});

export const LEDGER_ENDPOINTS = [block, proof, audit];
