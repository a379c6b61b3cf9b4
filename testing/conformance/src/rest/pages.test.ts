import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ALL_ENDPOINTS } from '@aerolithdb/api';
import { RestNode } from './rest-node.ts';

let node: RestNode;

before(async () => {
  node = await RestNode.start({}, ['https://app.example']);
});
after(() => node[Symbol.asyncDispose]());

test('every address of the OpenAPI document is answered by its own endpoint', async () => {
  const { json } = await node.get('/openapi.json', { token: undefined });
  let checked = 0;
  for (const [path, item] of Object.entries<Record<string, unknown>>(json.paths)) {
    for (const method of Object.keys(item)) {
      const reply = await node.send(
        method.toUpperCase(),
        path.replaceAll(/\{height\}/g, '1').replaceAll(/\{\w+\}/g, 'none'),
        undefined,
        {
          token: undefined,
        },
      );
      assert.ok(!['method_not_allowed', 'internal'].includes(reply.json?.code), `${method} ${path}: ${reply.text}`);
      if (reply.status === 404) assert.match(reply.json.detail, /no file/, `${method} ${path}`);
      checked += 1;
    }
  }
  assert.equal(checked, ALL_ENDPOINTS.length);
});

test('the page of the API needs nothing from another host', async () => {
  const page = await node.get('/docs', { token: undefined });
  assert.match(page.headers.get('content-security-policy')!, /default-src 'none'/);
  const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
  assert.ok(links.length >= 4);
  for (const link of links) {
    assert.match(link, /^\/docs\//);
    const file = await node.get(link, { token: undefined });
    assert.equal(file.status, 200, link);
    assert.ok(file.text.length > 50, link);
    assert.equal(file.headers.get('x-content-type-options'), 'nosniff');
  }
  assert.equal((await node.get('/docs/..%2Fpackage.json', { token: undefined })).status, 404);
});

test('metrics count what was answered', async () => {
  await node.get('/v1/status');
  await node.get('/v1/nothing');
  const { text } = await node.get('/metrics');
  assert.match(text, /^aerolith_http_requests_total\{route="GET \/v1\/status",status="200"\} [1-9]/m);
  assert.match(text, /^aerolith_http_requests_total\{route="unmatched",status="404"\} [1-9]/m);
  assert.match(text, /^aerolith_http_request_seconds_bucket\{route="GET \/v1\/status",le="\+Inf"\} [1-9]/m);
  assert.match(text, /^aerolith_height [1-9]/m);
  assert.match(text, /^aerolith_http_connections [1-9]/m);
  for (const line of text.trimEnd().split('\n')) assert.match(line, /^(# (HELP|TYPE) |[a-z_]+(\{[^}]*("[^"]*"[^}]*)*\})? \S+$)/);
});

test('pages of other origins may call only when they are allowed', async () => {
  const preflight = (origin: string) =>
    node.send('OPTIONS', '/v1/status', undefined, {
      token: undefined,
      headers: { origin, 'access-control-request-method': 'GET' },
    });
  const allowed = await preflight('https://app.example');
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://app.example');
  const other = await preflight('https://evil.example');
  assert.equal(other.headers.get('access-control-allow-origin'), null);
  const closed = await RestNode.start();
  const reply = await closed.get('/v1/status', { headers: { origin: 'https://app.example' } });
  assert.equal(reply.headers.get('access-control-allow-origin'), null);
  await closed[Symbol.asyncDispose]();
});
