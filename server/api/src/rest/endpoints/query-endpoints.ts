import { AerolithError, type Document, toStored } from '@aerolithdb/protocol';
import { jsonText, objectText } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { HEIGHT_HEADER, LINES_TYPE, sendLines, wantsLines } from '../find-lines.ts';
import { arrayOf, INTEGER, objectOf, STRING, schemaRef } from '../json-schemas.ts';
import { withoutAbsent } from '../without-absent.ts';
import { AT, COLLECTION } from './shared-parameters.ts';

const FILTER = {
  kind: 'document',
  summary: 'Which documents; all when absent.',
  example: { population: { $gte: 1_000_000 } },
} as const;
const LIMIT = { kind: 'integer', summary: 'Documents at most.' } as const;
const FIND_LIMIT = {
  kind: 'integer',
  summary: 'Documents at most, over all pages: after that many there is no cursor, though more may match. 0 is no limit.',
} as const;
const BATCH_SIZE = {
  kind: 'integer',
  min: 1,
  summary: 'Documents of one page at most. Without it a page holds up to 1,000, or as many as a limit asks for.',
} as const;
const SKIP = { kind: 'integer', summary: 'Documents to leave out at the beginning.' } as const;
const HINT = {
  kind: 'hint',
  summary: 'The index to use: its name or its keys (`{"a": 1}`), or `$natural` for none.',
} as const;
const EXPLAIN = {
  kind: 'explain',
  summary:
    'Tell how the query is carried out: `queryPlanner` (the plan, nothing is run), `executionStats` or true (what it met, too), `allPlansExecution` (the other plans are tried).',
} as const;
const CONSISTENCY = { kind: 'string', summary: 'How fresh the answer must be.', unfinished: 'The field "consistency"' } as const;
const PROOF = { kind: 'boolean', summary: 'With a proof.', unfinished: 'A proof of a query' } as const;

const QUERY_ERRORS = [
  'unknown_collection',
  'invalid_filter',
  'unknown_operator',
  'invalid_expression',
  'invalid_regex',
  'invalid_position',
  'unknown_index',
  'timeout',
  'query_too_large',
  'overloaded',
] as const;

const find = endpoint({
  id: 'find',
  method: 'POST',
  path: '/v1/collections/{collection}/find',
  tag: 'Queries',
  summary: 'The documents that a filter selects.',
  description:
    'An answer is one page. When more are to come, `cursor` is in it: send the same query with it for the next page, until there is none. `batchSize` sets the size of a page, `limit` ends the whole.\n\nWith `Accept: application/x-ndjson` the answer is all that the filter selects, however much, as a stream: a document a line, out of one state, whose height is in the header `aerolith-height`. There are no pages then, so `cursor`, `batchSize` and `explain` are refused. A stream that fails on the way ends with a broken connection, never as if it were whole; a client that reads slowly holds up nothing.',
  role: 'reader',
  parameters: { collection: COLLECTION },
  body: {
    filter: FILTER,
    projection: { kind: 'document', summary: 'Which fields: `{"name": 1}` or `{"history": 0}`.', example: { name: 1 } },
    sort: { kind: 'document', summary: 'Dotted paths with 1 or -1, in order.', example: { population: -1 } },
    limit: FIND_LIMIT,
    batchSize: BATCH_SIZE,
    skip: SKIP,
    cursor: { kind: 'string', summary: 'Out of the answer before.' },
    hint: HINT,
    at: AT,
    explain: EXPLAIN,
    consistency: CONSISTENCY,
    proof: PROOF,
  },
  optionalBody: true,
  bodyExample: { filter: { population: { $gte: 1_000_000 } }, projection: { name: 1 }, sort: { population: -1 }, limit: 10 },
  answers: [
    {
      status: 200,
      summary: 'The documents, and the height at which they were read.',
      schema: objectOf(
        { documents: arrayOf(schemaRef('Document')), height: INTEGER },
        { cursor: STRING, explain: schemaRef('Explanation') },
      ),
      example: { documents: [{ _id: 'paris', name: 'Paris' }], height: 7 },
      headers: { [HEIGHT_HEADER]: 'Of a stream: the height at which it was read.' },
      otherForms: [{ mediaType: LINES_TYPE, schema: { type: 'string' }, example: '{"_id":"paris","name":"Paris"}\n' }],
    },
  ],
  errors: [
    ...QUERY_ERRORS,
    'invalid_projection',
    'invalid_sort',
    'invalid_cursor',
    'sort_too_large',
    'storage_full',
    'storage_failed',
  ],
  handle: async ({ database, session, parameters, body, exchange, site }) => {
    const { filter, projection, sort, limit, batchSize, skip, cursor, hint, at, explain } = body;
    const query = withoutAbsent({
      collection: parameters.collection,
      filter: stored(filter),
      projection: stored(projection),
      sort: stored(sort),
      limit,
      skip,
      hint,
      at,
    });
    const page = withoutAbsent({ batchSize, cursor, explain });
    if (wantsLines(exchange)) {
      assertUnpaged(page);
      return sendLines({ database, session, exchange, limits: site.limits }, { kind: 'find', ...query });
    }
    const answer = await database.read(session, { kind: 'find', ...query, ...page }, () => exchange.gone());
    return jsonText(
      objectText({
        documents: answer.text,
        cursor: jsonOf(answer.cursor),
        explain: jsonOf(answer.explain),
        height: String(answer.height),
      }),
    );
  },
});

const count = endpoint({
  id: 'count',
  method: 'POST',
  path: '/v1/collections/{collection}/count',
  tag: 'Queries',
  summary: 'How many documents a filter selects.',
  role: 'reader',
  parameters: { collection: COLLECTION },
  body: {
    filter: FILTER,
    limit: LIMIT,
    skip: SKIP,
    hint: HINT,
    at: AT,
    explain: EXPLAIN,
    consistency: CONSISTENCY,
    proof: PROOF,
  },
  optionalBody: true,
  bodyExample: { filter: { population: { $gte: 1_000_000 } } },
  answers: [
    {
      status: 200,
      summary: 'The number.',
      schema: objectOf({ height: INTEGER }, { count: INTEGER, explain: schemaRef('Explanation') }),
      example: { count: 492, height: 7 },
    },
  ],
  errors: QUERY_ERRORS,
  handle: async ({ database, session, parameters, body, exchange }) => {
    const { filter, limit, skip, hint, at, explain } = body;
    const request = withoutAbsent({ collection: parameters.collection, filter: stored(filter), limit, skip, hint, at, explain });
    const answer = await database.read(session, { kind: 'count', ...request }, () => exchange.gone());
    return jsonText(objectText({ count: jsonOf(answer.count), explain: jsonOf(answer.explain), height: String(answer.height) }));
  },
});

const distinct = endpoint({
  id: 'distinct',
  method: 'POST',
  path: '/v1/collections/{collection}/distinct',
  tag: 'Queries',
  summary: 'The different values of a field.',
  role: 'reader',
  parameters: { collection: COLLECTION },
  body: {
    field: { kind: 'string', required: true, summary: 'Dotted path.', example: 'country' },
    filter: FILTER,
    hint: HINT,
    at: AT,
    explain: EXPLAIN,
    consistency: CONSISTENCY,
    proof: PROOF,
  },
  bodyExample: { field: 'country' },
  answers: [
    {
      status: 200,
      summary: 'The values.',
      schema: objectOf({ height: INTEGER }, { values: arrayOf(schemaRef('Value')), explain: schemaRef('Explanation') }),
      example: { values: ['DE', 'FR'], height: 7 },
    },
  ],
  errors: QUERY_ERRORS,
  handle: async ({ database, session, parameters, body, exchange }) => {
    const { field, filter, hint, at, explain } = body;
    const request = withoutAbsent({ collection: parameters.collection, field, filter: stored(filter), hint, at, explain });
    const answer = await database.read(session, { kind: 'distinct', ...request }, () => exchange.gone());
    return jsonText(objectText({ values: answer.text, explain: jsonOf(answer.explain), height: String(answer.height) }));
  },
});

const aggregate = endpoint({
  id: 'aggregate',
  method: 'POST',
  path: '/v1/collections/{collection}/aggregate',
  tag: 'Queries',
  summary: 'What an aggregation pipeline makes of a collection.',
  description:
    'All documents come in one answer; a pipeline whose answer is too large is refused, and takes a `$limit`. Every collection that a stage names needs the role too.',
  role: 'reader',
  parameters: { collection: COLLECTION },
  body: {
    pipeline: {
      kind: 'documents',
      required: true,
      summary: 'The stages, in order.',
      example: [{ $group: { _id: '$country', people: { $sum: '$population' } } }],
    },
    hint: HINT,
    at: AT,
    allowDiskUse: {
      kind: 'boolean',
      summary: 'false: a pipeline that memory does not hold is refused; else its stages write into files.',
    },
    explain: EXPLAIN,
    consistency: CONSISTENCY,
    proof: PROOF,
  },
  bodyExample: {
    pipeline: [{ $match: { population: { $gte: 1_000_000 } } }, { $group: { _id: '$country', cities: { $sum: 1 } } }],
  },
  answers: [
    {
      status: 200,
      summary: 'The documents, and the height at which they were read.',
      schema: objectOf({ documents: arrayOf(schemaRef('Document')), height: INTEGER }, { explain: schemaRef('Explanation') }),
      example: { documents: [{ _id: 'FR', cities: 1 }], height: 7 },
    },
  ],
  errors: [
    ...QUERY_ERRORS,
    'invalid_pipeline',
    'invalid_projection',
    'invalid_sort',
    'pipeline_too_large',
    'answer_too_large',
    'sort_too_large',
    'not_implemented',
  ],
  handle: async ({ database, session, parameters, body, exchange }) => {
    const { pipeline, hint, at, allowDiskUse, explain } = body;
    const request = withoutAbsent({ collection: parameters.collection, hint, at, allowDiskUse, explain });
    const answer = await database.read(session, { kind: 'aggregate', pipeline: toStored([...pipeline]), ...request }, () =>
      exchange.gone(),
    );
    return jsonText(objectText({ documents: answer.text, explain: jsonOf(answer.explain), height: String(answer.height) }));
  },
});

function assertUnpaged(page: Readonly<Record<string, unknown>>): void {
  const field = Object.keys(page)[0];
  if (field === undefined) return;
  const message = `"${field}" is for pages; as ${LINES_TYPE} the answer is the whole. Leave it out.`;
  throw new AerolithError('invalid_request', message, { field });
}

function stored(document: Document | undefined): string | undefined {
  return document === undefined ? undefined : toStored(document);
}

function jsonOf(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

export const QUERY_ENDPOINTS = [find, count, distinct, aggregate];
