import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Metrics } from './metrics.ts';
import { RateLimit } from './rate-limit.ts';
import { figuresBytes, RouteFigures } from './route-figures.ts';
import { parseAuthorization } from './sign-in.ts';
import { unknownRoute } from './unknown-route.ts';

test('a rate fills again with time, for each principal on its own', () => {
  const limit = new RateLimit(10, 2);
  limit.take('a', 0);
  limit.take('a', 0);
  assert.throws(() => limit.take('a', 0), { code: 'overloaded' });
  limit.take('b', 0);
  limit.take('a', 100);
  assert.throws(() => limit.take('a', 150), { code: 'overloaded' });
  for (let n = 0; n < 2; n += 1) limit.take('a', 1_000_000);
  assert.throws(() => limit.take('a', 1_000_000), { code: 'overloaded' });
});

test('an Authorization header is a token, or user and password', () => {
  assert.deepEqual(parseAuthorization('bearer abc', '::1'), { kind: 'token', token: 'abc', from: '::1' });
  const basic = `Basic ${Buffer.from('ada:a:b ü').toString('base64')}`;
  assert.deepEqual(parseAuthorization(basic, undefined), { kind: 'password', user: 'ada', password: 'a:b ü' });
  for (const header of [undefined, '', 'Bearer', 'Token x', 'Basic', 'Basic Og==']) {
    assert.throws(() => parseAuthorization(header, undefined), { code: 'unauthenticated' }, header);
  }
});

test('an unknown address names the nearest, a wrong method the right ones', () => {
  const endpoints = [
    { method: 'GET', path: '/v1/things/{thing}' },
    { method: 'DELETE', path: '/v1/things/{thing}' },
    { method: 'POST', path: '/v1/things/{thing}/find' },
  ];
  const wrong = unknownRoute('POST', '/v1/things/a', endpoints);
  assert.deepEqual([wrong.code, wrong.details], ['method_not_allowed', { allow: ['GET', 'HEAD', 'DELETE'] }]);
  const near = unknownRoute('POST', '/v1/things/a/fid', endpoints);
  assert.deepEqual([near.code, near.details], ['not_found', { nearest: '/v1/things/a/find' }]);
  assert.deepEqual(unknownRoute('GET', '/nothing/like/it/at/all', endpoints).details, {});
});

test('metrics count by route and status, in buckets that add up', () => {
  const metrics = new Metrics(['GET /a', 'GET /b'], new RouteFigures(new SharedArrayBuffer(figuresBytes(2)), 0, 2));
  for (const seconds of [0.0001, 0.002, 0.002, 999]) metrics.observe(0, 200, seconds);
  metrics.observe(0, 404, 0.1);
  metrics.observe(7, 200, 1);
  const lines = metrics.text().split('\n');
  assert.ok(lines.includes('aerolith_http_requests_total{route="GET /a",status="200"} 4'));
  assert.ok(lines.includes('aerolith_http_requests_total{route="GET /a",status="404"} 1'));
  assert.ok(lines.includes('aerolith_http_request_seconds_bucket{route="GET /a",le="0.0025"} 3'));
  assert.ok(lines.includes('aerolith_http_request_seconds_bucket{route="GET /a",le="60"} 4'));
  assert.ok(lines.includes('aerolith_http_request_seconds_bucket{route="GET /a",le="+Inf"} 5'));
  assert.equal(
    lines.some((line) => line.includes('GET /b')),
    false,
  );
});
