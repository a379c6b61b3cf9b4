import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { Reader } from '@aerolithdb/engine/read';
import { startNode } from './start-node.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ANY_PORT = { host: '127.0.0.1', port: 0 } as const;

async function status(url: string, token: string): Promise<number> {
  const response = await fetch(`${url}/v1/status`, { headers: { authorization: `Bearer ${token}` } });
  await response.arrayBuffer();
  return response.status;
}

test('the first start makes an admin key, alone in a file of its owner, and keeps only its hash', async () => {
  using folder = temporaryFolder();
  await using node = await startNode({ data: folder.path, http: ANY_PORT });
  const { file, token } = node.adminKey;
  assert.equal(file, join(folder.path, 'admin.key'));
  assert.equal(readFileSync(file, 'utf8').trim(), token);
  assert.equal(Buffer.from(token!, 'base64url').length, 32);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(await status(node.addresses.http!, token!), 200);
  assert.equal(await status(node.addresses.http!, 'guess'), 401);
  const reader = Reader.open(folder.path);
  assert.doesNotMatch(JSON.stringify(reader.catalogue().principals), new RegExp(token!));
  reader.close();
  for (const name of readdirSync(folder.path)) {
    if (name !== 'admin.key') assert.equal(readFileSync(join(folder.path, name)).includes(token!), false, name);
  }
});

test('a later start makes none, also when the file was taken away', async () => {
  using folder = temporaryFolder();
  const first = await startNode({ data: folder.path, http: 'off' });
  const { file, token } = first.adminKey;
  assert.deepEqual(first.addresses, {});
  await first.close();
  rmSync(file);
  await using second = await startNode({ data: folder.path, http: ANY_PORT });
  assert.deepEqual(second.adminKey, { file });
  assert.equal(await status(second.addresses.http!, token!), 200);
});

test('a port in use is refused, and the folder is free again', async () => {
  using folder = temporaryFolder();
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const http = { host: '127.0.0.1', port };
  await assert.rejects(startNode({ data: folder.path, http }), { code: 'port_in_use', message: new RegExp(String(port)) });
  other.close();
  await using node = await startNode({ data: folder.path, http });
  assert.equal(node.addresses.http, `http://127.0.0.1:${port}`);
});

test('what cannot be started is refused before anything is touched', async () => {
  using folder = temporaryFolder();
  const data = folder.path;
  const off = { data, http: 'off' } as const;
  const open = { host: '0.0.0.0', port: 0 };
  await assert.rejects(startNode({ data, http: open }), {
    code: 'insecure_bind',
    message: /0\.0\.0\.0:0 .*--tls-cert and --tls-key/,
  });
  await assert.rejects(startNode({ ...off, grpc: ANY_PORT }), {
    code: 'not_implemented',
    message: 'gRPC (--grpc) is not implemented yet.',
  });
  await assert.rejects(startNode({ ...off, postgres: ANY_PORT }), { code: 'not_implemented' });
  await assert.rejects(startNode({ ...off, tlsCert: 'cert.pem' }), { code: 'invalid_configuration', message: /needs both/ });
  await assert.rejects(startNode({ ...off, tlsCert: 'a.pem', tlsKey: 'b.pem' }), {
    code: 'invalid_configuration',
    message: /--tls-cert cannot be read/,
  });
  assert.deepEqual(readdirSync(data), []);
});

test('closing twice is closing once', async () => {
  using folder = temporaryFolder();
  const node = await startNode({ data: folder.path, http: ANY_PORT });
  await Promise.all([node.close(), node.close()]);
  await assert.rejects(node.database.execute(node.session, { type: 'dropCollection', collection: 'c' }), { code: 'log_closed' });
});
