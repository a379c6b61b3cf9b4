import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { TimeLimitError, within } from '../time-limit.ts';
import { type Fate, Writer } from './writes.ts';

async function fateAt(listener: RequestListener): Promise<Fate> {
  await using server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const writer = new Writer({ url, token: 't', kill: async () => undefined, stop: async () => undefined }, 1);
  try {
    return await writer.send({ commandId: 'c', path: '/', body: '{}' });
  } finally {
    writer.close();
  }
}

test('a write whose connection ends before the whole answer is unknown', async () => {
  assert.equal(await fateAt((_, answer) => answer.destroy()), 'unknown');
  const half: RequestListener = (_, answer) => {
    answer.writeHead(201, { 'content-length': 10 });
    answer.write('{', () => answer.destroy());
  };
  assert.equal(await fateAt(half), 'unknown');
});

test('an answer is what it says', async () => {
  assert.equal(await fateAt((_, answer) => answer.writeHead(201).end('{}')), 'acknowledged');
  assert.deepEqual(await fateAt((_, answer) => answer.writeHead(409).end('no')), { refused: '/ answered 409: no' });
});

test('a wait that does not end names what was waited for', async () => {
  const forever = new Promise<never>(() => undefined);
  await assert.rejects(
    within(1, 'The answer', forever, () => 'It said nothing.'),
    (error) => error instanceof TimeLimitError && /The answer took more than 0.001 s. It said nothing/.test(error.message),
  );
});
