import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AerolithError, ERRORS, type ErrorCode } from '@aerolithdb/protocol';
import { problemOf } from './problem.ts';

test('every code has its status, and its details never hide the members of RFC 9457', () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const problem = problemOf(
      new AerolithError(code, 'What to do.', { status: 200, code: 'x', title: 'x', big: 5n, path: 'a.b' }),
    );
    assert.equal(problem.status, ERRORS[code].http);
    const body = JSON.parse(problem.body);
    assert.deepEqual(
      [body.status, body.code, body.title, body.detail],
      [ERRORS[code].http, code, ERRORS[code].meaning, 'What to do.'],
    );
    assert.deepEqual([body.big, body.path], ['5', 'a.b']);
  }
});

test('a fault of the program says nothing of its inside', () => {
  const problem = problemOf(new TypeError('secret of /home/x at line 5'));
  assert.equal(problem.status, 500);
  assert.equal(JSON.parse(problem.body).code, 'internal');
  assert.doesNotMatch(problem.body, /secret|home|TypeError/);
});

test('headers that the status asks for', () => {
  assert.match(problemOf(new AerolithError('unauthenticated', '')).headers['www-authenticate']!, /^Bearer /);
  assert.equal(problemOf(new AerolithError('overloaded', '', { retryAfterSeconds: 7 })).headers['retry-after'], '7');
  assert.equal(problemOf(new AerolithError('method_not_allowed', '', { allow: ['GET', 'HEAD'] })).headers.allow, 'GET, HEAD');
});
