import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RestNode } from './rest-node.ts';

let node: RestNode;
const documents = '/v1/collections/cities/documents';

before(async () => {
  node = await RestNode.start();
  await node.fill('cities', [{ _id: 'paris' }]);
  await node.fill('secrets', [{ _id: 'one' }]);
});
after(() => node[Symbol.asyncDispose]());

test('without a token only health, readiness and the pages answer', async () => {
  const open = ['/health', '/ready', '/', '/openapi.json', '/docs'];
  for (const path of open) assert.equal((await node.get(path, { token: undefined })).status, 200, path);
  const closed = [
    '/metrics',
    '/v1/status',
    '/v1/collections',
    `${documents}/paris`,
    '/v1/changes',
    '/v1/blocks/1',
    '/v1/users',
    '/v1/tokens',
  ];
  for (const path of closed) {
    const reply = await node.get(path, { token: undefined });
    assert.deepEqual([reply.status, reply.json.code], [401, 'unauthenticated'], path);
    assert.match(reply.headers.get('www-authenticate')!, /^Bearer realm="aerolithdb"/);
  }
});

test('a wrong token, a foreign scheme and a malformed header are refused', async () => {
  for (const authorization of [
    'Bearer wrong',
    'Bearer',
    'Bearer ',
    'Digest x',
    'Basic !!!',
    'Basic bm9jb2xvbg==',
    `bearer${node.token}`,
  ]) {
    const reply = await node.get('/v1/status', { token: undefined, headers: { authorization } });
    assert.equal(reply.json.code, 'unauthenticated', authorization);
  }
});

test('a user signs in with a password', async () => {
  const made = await node.post('/v1/users', { name: 'ada', password: 'correct horse battery', grants: { cities: 'writer' } });
  assert.equal(made.status, 201, made.text);
  const basic = (text: string) => ({
    token: undefined,
    headers: { authorization: `Basic ${Buffer.from(text).toString('base64')}` },
  });
  assert.equal((await node.get(`${documents}/paris`, basic('ada:correct horse battery'))).status, 200);
  assert.equal((await node.get(`${documents}/paris`, basic('ada:wrong horse battery'))).status, 401);
  assert.equal((await node.get('/v1/users')).text.includes('correct horse'), false);
  assert.equal((await node.get('/v1/users')).text.includes('argon2'), false);
});

test('a role reaches as far as it says', async () => {
  const { token } = (await node.post('/v1/tokens', { name: 'reader', grants: { cities: 'reader' } })).json;
  assert.equal((await node.get(`${documents}/paris`, { token })).status, 200);
  assert.equal((await node.post('/v1/collections/cities/find', {}, { token })).status, 200);
  const refused = await Promise.all([
    node.post(documents, {}, { token }),
    node.send('PUT', `${documents}/x`, {}, { token }),
    node.send('DELETE', `${documents}/paris`, undefined, { token }),
    node.get('/v1/collections/secrets/documents/one', { token }),
    node.post('/v1/collections', { name: 'mine' }, { token }),
    node.post('/v1/tokens', { name: 'more', grants: { '*': 'admin' } }, { token }),
    node.get('/v1/tokens', { token }),
    node.get('/v1/changes', { token }),
    node.post('/v1/transactions', { operations: [{ type: 'insert', collection: 'cities', documents: [{}] }] }, { token }),
  ]);
  assert.deepEqual(
    refused.map(({ status, json }) => [status, json.code]),
    refused.map(() => [403, 'forbidden']),
  );
  assert.deepEqual(
    (await node.get('/v1/collections', { token })).json.collections.map((one: { name: string }) => one.name),
    ['cities'],
  );
});

test('a removed token is refused at once, though it has been used', async () => {
  const { token } = (await node.post('/v1/tokens', { name: 'short', grants: { cities: 'reader' } })).json;
  assert.equal((await node.get(`${documents}/paris`, { token })).status, 200);
  assert.equal((await node.send('DELETE', '/v1/users/short')).json.code, 'unknown_principal');
  assert.equal((await node.send('DELETE', '/v1/tokens/short')).status, 200);
  assert.equal((await node.get(`${documents}/paris`, { token })).status, 401);
  assert.equal((await node.post('/v1/collections/cities/find', {}, { token })).status, 401);
});

test('an expired token is refused', async () => {
  const { token } = (
    await node.post('/v1/tokens', { name: 'old', grants: { cities: 'reader' }, expiresAt: '2001-01-01T00:00:00Z' })
  ).json;
  assert.equal((await node.get(`${documents}/paris`, { token })).status, 401);
});
