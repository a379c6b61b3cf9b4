import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AerolithClient, AerolithError, type ClientOptions } from './index.ts';

type Sent = { readonly path: string; readonly id: string | undefined; readonly body: string };
type Answer = Response | Error | 'nothing';

/** A client whose requests are answered by a list, and what it sent. */
function scripted(answers: readonly Answer[], options: ClientOptions = {}): { client: AerolithClient; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch = async (input: string, { headers, body, signal }: RequestInit): Promise<Response> => {
    sent.push({ path: input, id: (headers as Record<string, string>)['idempotency-key'], body: String(body) });
    const answer = answers[Math.min(sent.length, answers.length) - 1]!;
    if (answer === 'nothing') return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    if (answer instanceof Error) throw answer;
    return answer.clone();
  };
  return { client: new AerolithClient('http://there:1/base/', { fetch, token: 'secret', ...options }), sent };
}

function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  const body = JSON.stringify({ type: 't', title: 't', status, detail: `It says ${code}.`, code, field: 'x' });
  return new Response(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}

const RECEIPT = '{"height":1,"position":16384,"commandId":"c","version":16384,"time":0}';
const inserted = (): Response => new Response(`{"ids":[1],"receipt":${RECEIPT}}`, { status: 201 });
const cut = (): Error => new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });

test('a write is sent again with the same command id and the same _id', async () => {
  const { client, sent } = scripted([
    cut(),
    problem(503, 'overloaded'),
    problem(503, 'log_closed'),
    new Response('bad gateway', { status: 502 }),
    inserted(),
  ]);
  await client.collection('notes').insertOne({ text: 'x' });
  assert.equal(sent.length, 5);
  assert.equal(new Set(sent.map(({ id, body, path }) => `${id} ${body} ${path}`)).size, 1);
  assert.match(sent[0]!.id!, /^[A-Za-z0-9_.:-]{10,58}$/);
  assert.equal(sent[0]!.path, 'http://there:1/base/v1/collections/notes/documents');
});

test('two writes have two ids', async () => {
  const { client, sent } = scripted([inserted()]);
  await Promise.all([client.collection('notes').insertOne({}), client.collection('notes').insertOne({})]);
  assert.notEqual(sent[0]!.id, sent[1]!.id);
  assert.notEqual(sent[0]!.body, sent[1]!.body);
});

test('a refusal is thrown by its code, at once, with its details', async () => {
  const { client, sent } = scripted([problem(409, 'duplicate_id')]);
  await assert.rejects(client.collection('notes').insertOne({}), (error) => {
    assert.ok(error instanceof AerolithError);
    assert.deepEqual([error.code, error.message, error.details], ['duplicate_id', 'It says duplicate_id.', { field: 'x' }]);
    return true;
  });
  assert.equal(sent.length, 1);
});

test('what is not reached says where and why, after the time for it', async () => {
  const { client, sent } = scripted([cut()], { retryForMs: 150 });
  await assert.rejects(client.status(), /No answer came from http:\/\/there:1\/base \(ECONNRESET\)/);
  assert.ok(sent.length > 1);
  const once = scripted([cut()], { retryForMs: 0 });
  await assert.rejects(once.client.status(), { code: 'unreachable' });
  assert.equal(once.sent.length, 1);
});

test('an attempt without an answer gives way to another; a call without one ends', async () => {
  const { client, sent } = scripted(['nothing', inserted()], { attemptTimeoutMs: 50 });
  await client.collection('notes').insertOne({});
  assert.equal(sent.length, 2);
  const never = scripted(['nothing'], { timeoutMs: 50 });
  await assert.rejects(never.client.status(), { code: 'timeout' });
  const controller = new AbortController();
  const aborted = assert.rejects(never.client.status({ signal: controller.signal, timeoutMs: 60_000 }), /because/);
  controller.abort(new Error('because'));
  await aborted;
});

test('closing ends what is in progress and refuses what comes', async () => {
  const { client } = scripted(['nothing']);
  const waiting = assert.rejects(client.status(), { code: 'log_closed' });
  const stream = client.watch();
  const watched = (async () => {
    for await (const _change of stream) assert.fail('nothing was sent');
  })();
  await client.close();
  await client.close();
  await Promise.all([waiting, watched]);
  await assert.rejects(client.status(), { code: 'log_closed' });
  assert.throws(() => client.watch(), { code: 'log_closed' });
});

test('what a server asks to wait is waited', async () => {
  const { client, sent } = scripted([problem(503, 'overloaded', { 'retry-after': '30' })], { retryForMs: 5000 });
  await assert.rejects(client.status(), { code: 'overloaded' });
  assert.equal(sent.length, 1);
});

test('an answer that is none of ours is told as such', async () => {
  const { client } = scripted([new Response('<html>', { status: 200 })]);
  await assert.rejects(client.status(), { code: 'internal' });
  await assert.rejects(client.collection('notes').insertOne({}), { code: 'internal' });
  const other = scripted([new Response('<html>', { status: 404 })]);
  await assert.rejects(other.client.status(), /not AerolithDB/);
});

test('addresses are checked', () => {
  for (const url of ['', 'localhost:8080', 'ftp://x', 'http://a:b@x', 'http://x?y', 'http://x#z']) {
    assert.throws(() => new AerolithClient(url), { code: 'invalid_configuration' }, url);
  }
  assert.throws(() => new AerolithClient('ws://localhost:8083'), { code: 'not_implemented' });
  assert.equal(String(new AerolithClient(new URL('https://x/'), { token: 'secret' })), 'AerolithClient(https://x)');
});

test('a name and a password go as Basic', async () => {
  const headers: unknown[] = [];
  const fetch = async (_input: string, init: RequestInit): Promise<Response> => {
    headers.push((init.headers as Record<string, string>).authorization);
    return new Response('{}');
  };
  await new AerolithClient('http://x', { user: 'ada', password: 'pä:ss', fetch }).status();
  assert.deepEqual(headers, [`Basic ${Buffer.from('ada:pä:ss').toString('base64')}`]);
});
