import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Principal } from '@aerolithdb/protocol';
import { Authenticator } from './authenticator.ts';
import { digest } from './digest.ts';
import { DOOR_LIMITS } from './limits.ts';
import { PasswordHashing } from './password-hashing.ts';
import { PrincipalDirectory } from './principal-directory.ts';
import { PrincipalRevision } from './principal-revision.ts';
import { LocalSecretChecks } from './secret-checks.ts';

const SALT = new Uint8Array(16).fill(7);
const PASSWORD = 'correct horse';

async function setting() {
  const secret = await new PasswordHashing().hash(PASSWORD, SALT);
  const principals: Principal[] = [
    { name: 'ann', kind: 'user', secret, grants: { cities: 'reader' } },
    { name: 'feed', kind: 'token', secret: digest('feed-token'), grants: { '*': 'writer' }, expiresAt: 2000 },
  ];
  const clock = { now: 1000 };
  const revision = new PrincipalRevision();
  const directory = new PrincipalDirectory(() => principals, revision);
  const now = () => clock.now;
  return { clock, principals, revision, authenticator: new Authenticator(directory, new LocalSecretChecks(now), now) };
}

function login(password: string, user = 'ann', from = '10.0.0.1') {
  return { kind: 'password', user, password, from } as const;
}

test('a user signs in with the right password only', async () => {
  const { authenticator } = await setting();
  assert.equal((await authenticator.authenticate(login(PASSWORD))).name, 'ann');
  for (const wrong of [
    login('wrong horse'),
    login(PASSWORD, 'bob'),
    login(PASSWORD, 'feed'),
    login(''),
    login('x'.repeat(2000)),
  ]) {
    await assert.rejects(authenticator.authenticate(wrong), { code: 'unauthenticated' });
  }
});

test('a token signs in until it expires', async () => {
  const { authenticator, clock } = await setting();
  const session = await authenticator.authenticate({ kind: 'token', token: 'feed-token' });
  assert.deepEqual([session.name, session.kind], ['feed', 'token']);
  clock.now = 2000;
  await assert.rejects(authenticator.authenticate({ kind: 'token', token: 'feed-token' }), {
    code: 'unauthenticated',
    message: /has expired/,
  });
  await assert.rejects(authenticator.authenticate({ kind: 'token', token: digest('feed-token') }), { code: 'unauthenticated' });
});

test('a remembered credential ends with the secret it proved', async () => {
  const { authenticator, principals, revision } = await setting();
  assert.equal(await authenticator.authenticate(login(PASSWORD)), await authenticator.authenticate(login(PASSWORD)));
  principals[0] = { ...principals[0]!, secret: await new PasswordHashing().hash('another one', SALT) };
  await revision.whileChanging(async () => undefined);
  await assert.rejects(authenticator.authenticate(login(PASSWORD)), { code: 'unauthenticated' });
});

test('failed attempts are limited for one name from one place, for a time', async () => {
  const { authenticator, clock } = await setting();
  for (let attempt = 0; attempt < DOOR_LIMITS.failedAttempts; attempt += 1) {
    await assert.rejects(authenticator.authenticate(login('wrong horse')), { code: 'unauthenticated' });
  }
  await assert.rejects(authenticator.authenticate(login(PASSWORD)), { code: 'overloaded', message: /try again in 60 seconds/ });
  assert.equal((await authenticator.authenticate(login(PASSWORD, 'ann', '10.0.0.2'))).name, 'ann');
  clock.now += DOOR_LIMITS.failedAttemptsWindowMs;
  assert.equal((await authenticator.authenticate(login(PASSWORD))).name, 'ann');
});

test('attempts at the same time are limited too', async () => {
  const { authenticator } = await setting();
  const attempts = Array.from({ length: 30 }, () => authenticator.authenticate(login('wrong horse')));
  const ends = await Promise.allSettled(attempts);
  const codes = ends.map((end) => (end.status === 'rejected' ? end.reason.code : 'in'));
  assert.equal(codes.filter((code) => code === 'unauthenticated').length, DOOR_LIMITS.failedAttempts);
  assert.equal(codes.filter((code) => code === 'overloaded').length, 30 - DOOR_LIMITS.failedAttempts);
});
