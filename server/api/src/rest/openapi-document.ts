import { ERRORS, type ErrorCode } from '@aerolithdb/protocol';
import { type AnswerDescription, type AnswerForm, type Endpoint, takesBody } from './endpoint.ts';
import { endpointErrors } from './endpoint-errors.ts';
import { fieldSchema, fieldsSchema, type JsonSchema } from './field.ts';
import { NAMED_SCHEMAS, schemaRef } from './json-schemas.ts';
import { PROBLEM_TYPE } from './problem.ts';

const INTRODUCTION =
  'Documents are Extended JSON v2: relaxed form goes out, relaxed and canonical form are taken. Errors are RFC 9457 problems with a `code`. Every write answers with a receipt when it is durable.';

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Id of the command: the same id is applied once, and answered with its first receipt.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,64}$' },
};

/** The OpenAPI 3.1 document of these endpoints, as an object fit for JSON. */
export function openApiDocument(endpoints: readonly Endpoint[]): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operationObject(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'AerolithDB',
      version: '1',
      description: INTRODUCTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [{ token: [] }, { password: [] }],
    paths,
    components: {
      schemas: NAMED_SCHEMAS,
      securitySchemes: { token: { type: 'http', scheme: 'bearer' }, password: { type: 'http', scheme: 'basic' } },
    },
  };
}

/** The document as text, with a line break at the end. */
export function openApiText(endpoints: readonly Endpoint[]): string {
  return `${JSON.stringify(openApiDocument(endpoints), undefined, 2)}\n`;
}

function operationObject(endpoint: Endpoint): JsonSchema {
  const parameters = parameterObjects(endpoint);
  return {
    operationId: endpoint.id,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    description: descriptionText(endpoint),
    ...(endpoint.role === 'none' ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(takesBody(endpoint) ? { requestBody: bodyObject(endpoint) } : {}),
    responses: responseObjects(endpoint),
  };
}

function descriptionText({ description, role }: Endpoint): string {
  const needs = role === 'none' ? 'Needs no token.' : role === 'any' ? 'Needs a token.' : `Needs the role \`${role}\`.`;
  return description === undefined ? needs : `${description}\n\n${needs}`;
}

function parameterObjects({ parameters, writes }: Endpoint): JsonSchema[] {
  const own = Object.entries(parameters).map(([name, parameter]) => ({
    name: parameter.in === 'header' ? headerName(name) : name,
    in: parameter.in,
    required: parameter.required === true,
    description: parameter.summary,
    schema: fieldSchema(parameter),
    ...(parameter.example === undefined ? {} : { example: parameter.example }),
  }));
  return writes === true ? [...own, IDEMPOTENCY_KEY] : own;
}

/** `last-event-id` as it is usually written: `Last-Event-ID`. */
export function headerName(name: string): string {
  return name
    .split('-')
    .map((word) => (word === 'id' ? 'ID' : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('-');
}

function bodyObject({ body, whole, optionalBody, bodyExample }: Endpoint): JsonSchema {
  const schema = whole === undefined ? fieldsSchema(body) : fieldSchema(body[whole]!);
  const example = bodyExample === undefined ? {} : { example: bodyExample };
  return { required: optionalBody !== true, content: { 'application/json': { schema, ...example } } };
}

function responseObjects(endpoint: Endpoint): JsonSchema {
  const good = endpoint.answers.map((answer) => [String(answer.status), answerObject(answer)] as const);
  const codes = Map.groupBy(endpointErrors(endpoint), (code) => ERRORS[code].http);
  const bad = [...codes].sort(([a], [b]) => a - b).map(([status, group]) => [String(status), problemObject(group)] as const);
  return Object.fromEntries([...good, ...bad]);
}

function answerObject({ summary, schema, example, mediaType, headers, otherForms = [] }: AnswerDescription): JsonSchema {
  const own = schema === undefined ? [] : [{ mediaType: mediaType ?? 'application/json', schema, example }];
  const forms = [...own, ...otherForms];
  const content =
    forms.length === 0 ? {} : { content: Object.fromEntries(forms.map((form) => [form.mediaType, formObject(form)])) };
  return { description: summary, ...(headers === undefined ? {} : { headers: headerObjects(headers) }), ...content };
}

function formObject({ schema, example }: AnswerForm): JsonSchema {
  return { schema, ...(example === undefined ? {} : { example }) };
}

function headerObjects(headers: Readonly<Record<string, string>>): JsonSchema {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  );
}

function problemObject(codes: readonly ErrorCode[]): JsonSchema {
  const lines = codes.map((code) => `- \`${code}\`: ${ERRORS[code].meaning}`);
  return { description: lines.join('\n'), content: { [PROBLEM_TYPE]: { schema: schemaRef('Problem') } } };
}
