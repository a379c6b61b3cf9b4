import type { PrincipalInfo } from '@aerolithdb/database';
import { AerolithError, type Document, type Role } from '@aerolithdb/protocol';
import { json, jsonText, objectText, receiptText } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { instantFromText } from '../instant.ts';
import { arrayOf, objectOf, RECEIPT_EXAMPLE, STRING, schemaRef } from '../json-schemas.ts';

const NAME = { kind: 'string', required: true, summary: 'Its name.', example: 'loader' } as const;
const GRANTS = {
  kind: 'document',
  required: true,
  summary: 'Name of a collection, or `*` for all, to a role: reader, writer, owner or admin.',
  example: { cities: 'writer' },
} as const;
const EXPIRES = { kind: 'string', summary: 'RFC 3339 time after which it is refused.', example: '2030-01-01T00:00:00Z' } as const;
const NAME_PARAMETER = { in: 'path', kind: 'string', required: true, summary: 'Its name.', example: 'loader' } as const;

const RECEIPT_ANSWER = { schema: objectOf({ receipt: schemaRef('Receipt') }), example: { receipt: RECEIPT_EXAMPLE } };
const ERRORS = ['invalid_name'] as const;

type Kind = PrincipalInfo['kind'];

function listEndpoint(kind: Kind) {
  return endpoint({
    id: kind === 'user' ? 'listUsers' : 'listTokens',
    method: 'GET',
    path: `/v1/${kind}s`,
    tag: 'Principals',
    summary: `The ${kind}s and what they may do. No secret is shown.`,
    role: 'admin',
    parameters: {},
    body: {},
    answers: [
      {
        status: 200,
        summary: 'In the order of their names.',
        schema: objectOf({ [`${kind}s`]: arrayOf(schemaRef('Principal')) }),
      },
    ],
    errors: [],
    handle: async ({ database, session }) => {
      const principals = await database.principals(session);
      return json({ [`${kind}s`]: principals.filter((one) => one.kind === kind) });
    },
  });
}

function removeEndpoint(kind: Kind) {
  return endpoint({
    id: kind === 'user' ? 'removeUser' : 'removeToken',
    method: 'DELETE',
    path: `/v1/${kind}s/{name}`,
    tag: 'Principals',
    summary: `Removes a ${kind}: its next request is refused.`,
    role: 'admin',
    writes: true,
    parameters: { name: NAME_PARAMETER },
    body: {},
    answers: [{ status: 200, summary: 'It is removed.', ...RECEIPT_ANSWER }],
    errors: ['unknown_principal'],
    handle: async ({ database, session, parameters, command }) => {
      const { receipt } = await database.removePrincipal(session, parameters.name, { ...command, kind });
      return jsonText(objectText({ receipt: receiptText(receipt) }));
    },
  });
}

const createUser = endpoint({
  id: 'createUser',
  method: 'POST',
  path: '/v1/users',
  tag: 'Principals',
  summary: 'Makes a user with a password, or replaces the one of that name.',
  role: 'admin',
  writes: true,
  parameters: {},
  body: {
    name: NAME,
    password: { kind: 'string', required: true, summary: 'Kept as an argon2id hash.' },
    grants: GRANTS,
    expiresAt: EXPIRES,
  },
  bodyExample: { name: 'ada', password: 'correct horse battery staple', grants: { cities: 'writer' } },
  answers: [{ status: 201, summary: 'It is made.', ...RECEIPT_ANSWER }],
  errors: ERRORS,
  handle: async ({ database, session, body, command }) => {
    const { name, password, grants, expiresAt } = body;
    const { receipt } = await database.createUser(
      session,
      { name, password, grants: grantsOf(grants), ...expiry(expiresAt) },
      command,
    );
    return jsonText(objectText({ receipt: receiptText(receipt) }), 201);
  },
});

const createToken = endpoint({
  id: 'createToken',
  method: 'POST',
  path: '/v1/tokens',
  tag: 'Principals',
  summary: 'Makes a token. It is in this answer and nowhere else.',
  role: 'admin',
  writes: true,
  parameters: {},
  body: { name: NAME, grants: GRANTS, expiresAt: EXPIRES },
  bodyExample: { name: 'loader', grants: { cities: 'writer' }, expiresAt: '2030-01-01T00:00:00Z' },
  answers: [{ status: 201, summary: 'It is made.', schema: objectOf({ token: STRING, receipt: schemaRef('Receipt') }) }],
  errors: ERRORS,
  handle: async ({ database, session, body, command }) => {
    const { name, grants, expiresAt } = body;
    const { receipt, token } = await database.createToken(
      session,
      { name, grants: grantsOf(grants), ...expiry(expiresAt) },
      command,
    );
    return jsonText(objectText({ token: JSON.stringify(token), receipt: receiptText(receipt) }), 201);
  },
});

/** The door refuses a role that does not exist; here only the shape is checked. Throws `invalid_request`. */
function grantsOf(grants: Document): Record<string, Role> {
  const entries = [...grants].map(([collection, role]) => {
    if (typeof role === 'string') return [collection, role] as const;
    throw new AerolithError('invalid_request', `The role on "${collection}" must be a string.`, {
      field: `grants.${collection}`,
    });
  });
  return Object.fromEntries(entries) as Record<string, Role>;
}

function expiry(text: string | undefined): { readonly expiresAt?: number } {
  if (text === undefined) return {};
  const instant = instantFromText(text);
  if ('time' in instant) return { expiresAt: instant.time };
  throw new AerolithError('invalid_request', '"expiresAt" must be an RFC 3339 time such as 2030-01-01T00:00:00Z.', {
    field: 'expiresAt',
  });
}

export const PRINCIPAL_ENDPOINTS = [
  listEndpoint('user'),
  createUser,
  removeEndpoint('user'),
  listEndpoint('token'),
  createToken,
  removeEndpoint('token'),
];
