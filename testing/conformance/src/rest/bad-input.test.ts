import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RestNode } from './rest-node.ts';

/** One request that is wrong, and the whole of what is promised about its answer. */
type Case = {
  readonly name: string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly status: number;
  readonly code: string;
  /** Further members of the problem. */
  readonly members?: Record<string, unknown>;
  readonly detail?: RegExp;
};

const DOCUMENTS = '/v1/collections/cities/documents';
const FIND = '/v1/collections/cities/find';
const UPDATE = '/v1/collections/cities/update';

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const filter = (text: string): string => `{"filter":${text}}`;
const update = (text: string): string => `{"filter":{},"update":${text}}`;

const CASES: readonly Case[] = [
  // The text
  { name: 'no JSON', path: DOCUMENTS, body: '{"a":}', status: 400, code: 'invalid_json', detail: /line 1/ },
  { name: 'JSON with a trailing comma', path: DOCUMENTS, body: '{"a":1,}', status: 400, code: 'invalid_json' },
  { name: 'single quotes', path: DOCUMENTS, body: "{'a':1}", status: 400, code: 'invalid_json' },
  { name: 'text after the document', path: DOCUMENTS, body: '{"a":1} x', status: 400, code: 'invalid_json' },
  { name: 'a bare NaN', path: DOCUMENTS, body: '{"a":NaN}', status: 400, code: 'invalid_json' },
  { name: 'a raw control character', path: DOCUMENTS, body: '{"a":"\u0001"}', status: 400, code: 'invalid_json' },
  { name: 'no body', method: 'POST', path: DOCUMENTS, status: 400, code: 'invalid_request' },
  { name: 'a duplicate key', path: DOCUMENTS, body: '{"a":1,"a":2}', status: 400, code: 'duplicate_key' },
  { name: 'a nested duplicate key', path: DOCUMENTS, body: '{"b":[{"a":1,"\\u0061":2}]}', status: 400, code: 'duplicate_key' },
  { name: 'a lone surrogate', path: DOCUMENTS, body: '{"a":"\\ud800"}', status: 400, code: 'invalid_value' },
  { name: 'the field __proto__', path: DOCUMENTS, body: '{"__proto__":{"a":1}}', status: 400, code: 'invalid_field_name' },
  { name: 'a number that no double holds', path: DOCUMENTS, body: '{"a":1e400}', status: 400, code: 'invalid_value' },
  { name: 'an integer beyond int64', path: DOCUMENTS, body: '{"a":9223372036854775808}', status: 400, code: 'invalid_value' },
  { name: 'a malformed wrapper', path: DOCUMENTS, body: '{"a":{"$oid":"xyz"}}', status: 400, code: 'invalid_value' },
  {
    name: 'a wrapper with a further field',
    path: DOCUMENTS,
    body: '{"a":{"$date":1,"b":2}}',
    status: 400,
    code: 'invalid_value',
  },
  { name: 'nesting of 101', path: DOCUMENTS, body: nested(101), status: 400, code: 'too_deep' },
  { name: 'nesting of 100,000', path: DOCUMENTS, body: nested(100_000), status: 400, code: 'too_deep' },
  {
    name: 'arrays nested 500,000 deep and never closed',
    path: DOCUMENTS,
    body: `{"a":${'['.repeat(500_000)}`,
    status: 400,
    code: 'too_deep',
  },
  // The document
  { name: 'an array in place of an object', path: DOCUMENTS, body: '[1]', status: 400, code: 'invalid_request' },
  { name: 'an empty batch', path: DOCUMENTS, body: '[]', status: 400, code: 'invalid_command' },
  { name: 'a field that begins with $', path: DOCUMENTS, body: '{"$set":{"a":1}}', status: 400, code: 'invalid_field_name' },
  { name: 'MinKey in a document', path: DOCUMENTS, body: '{"a":{"$minKey":1}}', status: 400, code: 'invalid_value' },
  { name: 'an array as id', path: DOCUMENTS, body: '{"_id":[1]}', status: 400, code: 'invalid_id' },
  {
    name: 'a regular expression as id',
    path: DOCUMENTS,
    body: '{"_id":{"$regularExpression":{"pattern":"a","options":""}}}',
    status: 400,
    code: 'invalid_id',
  },
  { name: 'an id of 2 kB', path: DOCUMENTS, body: `{"_id":"${'x'.repeat(2000)}"}`, status: 400, code: 'invalid_id' },
  {
    name: 'a document of more than 1 MiB',
    path: DOCUMENTS,
    body: `{"a":"${'x'.repeat(1_100_000)}"}`,
    status: 413,
    code: 'document_too_large',
  },
  {
    name: 'a body of more than 8 MiB',
    path: DOCUMENTS,
    body: `{"a":"${'x'.repeat(9_000_000)}"}`,
    status: 413,
    code: 'request_too_large',
  },
  {
    name: 'a batch of 1,001 documents',
    path: DOCUMENTS,
    body: Array.from({ length: 1001 }, () => ({})),
    status: 413,
    code: 'batch_too_large',
  },
  {
    name: 'a batch of more than 4 MiB',
    path: DOCUMENTS,
    body: Array.from({ length: 5 }, () => ({ a: 'x'.repeat(1_000_000) })),
    status: 413,
    code: 'batch_too_large',
  },
  {
    name: 'a duplicate id',
    path: DOCUMENTS,
    body: { _id: 'paris', name: 'again' },
    status: 409,
    code: 'duplicate_id',
    members: { collection: 'cities' },
  },
  {
    name: 'a document against the schema',
    path: DOCUMENTS,
    body: { name: 5 },
    status: 422,
    code: 'schema_violation',
    members: { path: 'name' },
  },
  {
    name: 'an update against the schema',
    path: UPDATE,
    body: update('{"$set":{"place.lat":"north"}}'),
    status: 422,
    code: 'schema_violation',
    members: { path: 'place.lat' },
  },
  {
    name: 'a value that a unique index has',
    path: DOCUMENTS,
    body: { name: 'x', code: 'PAR' },
    status: 409,
    code: 'duplicate_key_value',
  },
  {
    name: 'a version conflict',
    method: 'PATCH',
    path: `${DOCUMENTS}/paris`,
    body: { $set: { a: 1 } },
    headers: { 'if-match': '"1"' },
    status: 412,
    code: 'version_conflict',
  },
  { name: 'another _id in an update', path: UPDATE, body: update('{"$set":{"_id":"rome"}}'), status: 400, code: 'immutable_id' },
  // Operators
  {
    name: 'an unknown filter operator',
    path: FIND,
    body: filter('{"a":{"$gtee":1}}'),
    status: 400,
    code: 'unknown_operator',
    members: { nearest: '$gte' },
  },
  {
    name: 'an unknown top-level operator',
    path: FIND,
    body: filter('{"$ore":[]}'),
    status: 400,
    code: 'unknown_operator',
    members: { nearest: '$or' },
  },
  {
    name: 'an unknown update operator',
    path: UPDATE,
    body: update('{"$sett":{"a":1}}'),
    status: 400,
    code: 'unknown_operator',
    members: { nearest: '$set' },
  },
  { name: '$in without an array', path: FIND, body: filter('{"a":{"$in":5}}'), status: 400, code: 'invalid_filter' },
  { name: '$and without an array', path: FIND, body: filter('{"$and":{"a":1}}'), status: 400, code: 'invalid_filter' },
  { name: '$and of nothing', path: FIND, body: filter('{"$and":[]}'), status: 400, code: 'invalid_filter' },
  { name: '$size of a string', path: FIND, body: filter('{"a":{"$size":"2"}}'), status: 400, code: 'invalid_filter' },
  { name: '$mod by zero', path: FIND, body: filter('{"a":{"$mod":[0,1]}}'), status: 400, code: 'invalid_filter' },
  {
    name: '$type of a name that is none',
    path: FIND,
    body: filter('{"a":{"$type":"strin"}}'),
    status: 400,
    code: 'invalid_filter',
  },
  { name: '$elemMatch of a number', path: FIND, body: filter('{"a":{"$elemMatch":5}}'), status: 400, code: 'invalid_filter' },
  { name: '$inc of a string', path: UPDATE, body: update('{"$inc":{"population":"1"}}'), status: 400, code: 'invalid_update' },
  { name: '$inc on a string', path: UPDATE, body: update('{"$inc":{"name":1}}'), status: 400, code: 'invalid_update' },
  { name: '$push on a string', path: UPDATE, body: update('{"$push":{"name":1}}'), status: 400, code: 'invalid_update' },
  {
    name: 'two operators on one path',
    path: UPDATE,
    body: update('{"$set":{"a":1},"$unset":{"a":1}}'),
    status: 400,
    code: 'invalid_update',
  },
  { name: 'an empty update', path: UPDATE, body: update('{}'), status: 400, code: 'invalid_update' },
  { name: 'a mixed projection', path: FIND, body: '{"projection":{"a":1,"b":0}}', status: 400, code: 'invalid_projection' },
  { name: 'a sort by a word', path: FIND, body: '{"sort":{"a":"up"}}', status: 400, code: 'invalid_sort' },
  {
    name: 'a malformed regular expression',
    path: FIND,
    body: filter('{"name":{"$regex":"("}}'),
    status: 400,
    code: 'invalid_regex',
  },
  {
    name: 'a regular expression with a back reference',
    path: FIND,
    body: filter('{"name":{"$regex":"(a)\\\\1"}}'),
    status: 400,
    code: 'invalid_regex',
  },
  {
    name: 'a regular expression of 2 kB',
    path: FIND,
    body: filter(`{"name":{"$regex":"${'a'.repeat(2000)}"}}`),
    status: 400,
    code: 'invalid_regex',
  },
  // Names
  {
    name: 'an unknown collection',
    path: '/v1/collections/citis/find',
    body: {},
    status: 404,
    code: 'unknown_collection',
    members: { nearest: 'cities' },
  },
  {
    name: 'an insert into an unknown collection',
    path: '/v1/collections/citis/documents',
    body: {},
    status: 404,
    code: 'unknown_collection',
  },
  {
    name: 'a collection name that is not allowed',
    path: '/v1/collections',
    body: { name: 'a b/c' },
    status: 400,
    code: 'invalid_name',
  },
  { name: 'a collection that exists', path: '/v1/collections', body: { name: 'cities' }, status: 409, code: 'collection_exists' },
  {
    name: 'a schema that is none',
    path: '/v1/collections',
    body: { name: 'x', schema: { type: 'objekt' } },
    status: 400,
    code: 'invalid_schema',
  },
  { name: 'an unknown hint', path: FIND, body: { hint: 'nam_1' }, status: 404, code: 'unknown_index' },
  {
    name: 'an index in no direction',
    path: '/v1/collections/cities/indexes',
    body: { keys: { a: 2 } },
    status: 400,
    code: 'invalid_index',
  },
  {
    name: 'an index without keys',
    path: '/v1/collections/cities/indexes',
    body: { keys: {} },
    status: 400,
    code: 'invalid_index',
  },
  {
    name: 'a role that does not exist',
    path: '/v1/tokens',
    body: { name: 't', grants: { '*': 'raeder' } },
    status: 400,
    code: 'invalid_request',
    detail: /reader/,
  },
  // Fields, parameters, positions
  {
    name: 'an unknown field of the body',
    path: FIND,
    body: { limt: 5 },
    status: 400,
    code: 'invalid_request',
    members: { field: 'limt', nearest: 'limit' },
  },
  {
    name: 'a field of the wrong type',
    path: FIND,
    body: { limit: 'five' },
    status: 400,
    code: 'invalid_request',
    members: { field: 'limit' },
  },
  { name: 'a negative limit', path: FIND, body: { limit: -1 }, status: 400, code: 'invalid_request' },
  { name: 'a limit with a fraction', path: FIND, body: { limit: 1.5 }, status: 400, code: 'invalid_request' },
  {
    name: 'a missing field',
    path: '/v1/collections/cities/distinct',
    body: {},
    status: 400,
    code: 'invalid_request',
    members: { field: 'field' },
  },
  {
    name: 'an unknown query parameter',
    method: 'GET',
    path: `${DOCUMENTS}/paris?prof=true`,
    status: 400,
    code: 'invalid_request',
    members: { nearest: 'proof' },
  },
  {
    name: 'a query parameter given twice',
    method: 'GET',
    path: `${DOCUMENTS}/paris?at=1&at=2`,
    status: 400,
    code: 'invalid_request',
  },
  { name: 'a time that is none', method: 'GET', path: `${DOCUMENTS}/paris?at=yesterday`, status: 400, code: 'invalid_position' },
  {
    name: 'a height that is not reached',
    method: 'GET',
    path: `${DOCUMENTS}/paris?at=999999`,
    status: 400,
    code: 'invalid_position',
  },
  {
    name: 'a position that is not reached',
    method: 'GET',
    path: '/v1/changes?since=999999999999',
    status: 400,
    code: 'invalid_position',
  },
  { name: 'a block that does not exist', method: 'GET', path: '/v1/blocks/999999', status: 404, code: 'unknown_block' },
  { name: 'a cursor that is none', path: FIND, body: { cursor: 'abc' }, status: 400, code: 'invalid_cursor' },
  {
    name: 'a malformed id in the path',
    method: 'GET',
    path: `${DOCUMENTS}/%7B%22%24oid%22%3A1%7D`,
    status: 400,
    code: 'invalid_value',
  },
  {
    name: 'an Idempotency-Key with spaces',
    path: DOCUMENTS,
    body: {},
    headers: { 'idempotency-key': 'a b' },
    status: 400,
    code: 'invalid_request',
  },
  {
    name: 'an unknown kind of write',
    path: '/v1/transactions',
    body: { operations: [{ type: 'insrt', collection: 'cities' }] },
    status: 400,
    code: 'invalid_request',
    members: { nearest: 'insert', field: 'operations[0].type' },
  },
  {
    name: 'an unknown field of a write',
    path: '/v1/transactions',
    body: { operations: [{ type: 'delete', collection: 'cities', filtr: {} }] },
    status: 400,
    code: 'invalid_request',
    members: { nearest: 'filter' },
  },
  {
    name: 'a write without a collection',
    path: '/v1/transactions',
    body: { operations: [{ type: 'delete', filter: {} }] },
    status: 400,
    code: 'invalid_request',
  },
  {
    name: 'a failing transaction',
    path: '/v1/transactions',
    body: { operations: [{ type: 'insert', collection: 'cities', documents: [{ _id: 'paris', name: 'x' }] }] },
    status: 409,
    code: 'transaction_conflict',
    members: { operation: 0 },
  },
  // HTTP
  {
    name: 'an unknown address',
    method: 'GET',
    path: '/v1/colections',
    status: 404,
    code: 'not_found',
    members: { nearest: '/v1/collections' },
  },
  {
    name: 'an unknown address, with a body',
    path: '/v1/collections/cities/fnd',
    body: {},
    status: 404,
    code: 'not_found',
    members: { nearest: FIND },
  },
  { name: 'a wrong method', method: 'DELETE', path: FIND, status: 405, code: 'method_not_allowed', members: { allow: ['POST'] } },
  {
    name: 'a body of another type',
    path: DOCUMENTS,
    body: 'a=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    name: 'a malformed content type',
    path: DOCUMENTS,
    body: '{}',
    headers: { 'content-type': 'json' },
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    name: 'a body where none is taken',
    method: 'DELETE',
    path: `${DOCUMENTS}/nobody`,
    body: '{}',
    status: 400,
    code: 'invalid_request',
  },
  {
    name: 'an address that is not URL-encoded',
    method: 'GET',
    path: `${DOCUMENTS}/%E0%A4%A`,
    status: 400,
    code: 'invalid_request',
  },
  {
    name: 'an address that is too long',
    method: 'GET',
    path: `${DOCUMENTS}/${'x'.repeat(9000)}`,
    status: 400,
    code: 'invalid_request',
  },
];

let node: RestNode;

before(async () => {
  node = await RestNode.start();
  const place = { type: 'object', properties: { lat: { type: 'number' } } };
  const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' }, place } };
  await node.fill('cities', [{ _id: 'paris', name: 'Paris', population: 2, code: 'PAR', place: { lat: 48.8 } }], { schema });
  await node.post('/v1/collections/cities/indexes', { keys: { code: 1 }, unique: true });
});
after(() => node[Symbol.asyncDispose]());

for (const { name, method, path, body, headers, status, code, members, detail } of CASES) {
  test(`${name}: ${status} ${code}`, async () => {
    const reply = await node.send(method ?? 'POST', path ?? '', body, headers === undefined ? {} : { headers });
    assert.equal(reply.status, status, reply.text);
    assert.equal(reply.headers.get('content-type'), 'application/problem+json');
    assert.equal(reply.json.code, code, reply.text);
    assert.equal(reply.json.status, status);
    assert.equal(reply.json.type, `urn:aerolithdb:error:${code}`);
    assert.ok(reply.json.title.length > 0 && reply.json.detail.length > 0);
    for (const [member, value] of Object.entries(members ?? {})) assert.deepEqual(reply.json[member], value, reply.text);
    if (detail !== undefined) assert.match(reply.json.detail, detail);
    assert.doesNotMatch(reply.text, /\bat .*\.ts:\d+|node_modules|\bat async /, 'a stack trace must not go out');
  });
}

test('bytes that are not UTF-8 are refused', async () => {
  const response = await fetch(`${node.server.url}${DOCUMENTS}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${node.token}`, 'content-type': 'application/json' },
    body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  });
  assert.equal(response.status, 400);
  assert.equal(((await response.json()) as { code: string }).code, 'invalid_json');
});

test('a catastrophic regular expression is answered, and the node goes on', async () => {
  await node.post(DOCUMENTS, { _id: 'aaa', name: `${'a'.repeat(5000)}!` });
  const reply = await node.post(FIND, { filter: { name: { $regex: '^(a+)+$' } } });
  assert.equal(reply.status, 200, reply.text);
  assert.deepEqual(reply.json.documents, []);
  assert.equal((await node.get('/v1/status')).status, 200);
});

test('nothing of all this has changed a document', async () => {
  const { json } = await node.post(FIND, { filter: { _id: { $ne: 'aaa' } } });
  assert.deepEqual(json.documents, [{ _id: 'paris', name: 'Paris', population: 2, code: 'PAR', place: { lat: 48.8 } }]);
});
