import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect, type PeerCertificate } from 'node:tls';
import { readOptions } from './read-options.ts';
import { startNode } from './start-node.ts';
import { temporaryFolder } from './temporary-folder.ts';

const ANY_PORT = { host: '127.0.0.1', port: 0 } as const;

test('a reload takes over what it can, names the rest, and is what runs from then on', async () => {
  using folder = temporaryFolder();
  const first = { ...readOptions(), data: folder.path, http: ANY_PORT };
  await using node = await startNode(first);
  const next = { ...first, readers: 2, readTimeoutMs: 7, http: { host: '127.0.0.1', port: 1 }, data: '/elsewhere' };
  assert.deepEqual(node.reload(next), { taken: ['readers', 'readTimeoutMs'], needRestart: ['data', 'http'] });
  const { readers, readTimeoutMs, http, data } = node.options;
  assert.deepEqual({ readers, readTimeoutMs, http, data }, { readers: 2, readTimeoutMs: 7, http: ANY_PORT, data: folder.path });
  assert.deepEqual(node.reload(node.options), { taken: [], needRestart: [] });
  assert.equal((await fetch(`${node.addresses.http}/health`)).status, 200);
});

test('the limit of waiting commands is the new one', async () => {
  using folder = temporaryFolder();
  await using node = await startNode({ data: folder.path, http: 'off' });
  const insert = (id: number) =>
    node.database.execute(node.session, { type: 'insert', collection: 'c', documents: [`{"_id":${id}}`] }).then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  await node.database.execute(node.session, { type: 'createCollection', collection: 'c', options: {} });
  node.reload({ ...node.options, waitingCommands: 1 });
  assert.deepEqual(await Promise.all([insert(1), insert(2)]), ['done', 'overloaded']);
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

function makeCertificate(folder: string, name: string): { tlsCert: string; tlsKey: string } {
  const [tlsCert, tlsKey] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'];
  execFileSync('openssl', [...kind, '-subj', `/CN=${name}`, '-keyout', tlsKey, '-out', tlsCert], { stdio: 'ignore' });
  return { tlsCert, tlsKey };
}

function shownName(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port), rejectUnauthorized: false }, () => {
      const certificate: PeerCertificate = socket.getPeerCertificate();
      socket.destroy();
      resolve(String(certificate.subject.CN));
    });
    socket.on('error', reject);
  });
}

test('a certificate that was renewed in place is shown after a reload; one that is broken changes nothing', {
  skip: hasOpenssl ? false : 'needs the openssl command',
}, async () => {
  using folder = temporaryFolder();
  const old = makeCertificate(folder.path, 'old');
  const renewed = makeCertificate(folder.path, 'new');
  await using node = await startNode({ data: join(folder.path, 'data'), http: ANY_PORT, ...old });
  const url = node.addresses.http!;
  assert.equal(await shownName(url), 'old');
  copyFileSync(renewed.tlsCert, old.tlsCert);
  assert.throws(() => node.reload({ ...node.options, readers: 3 }), {
    code: 'invalid_configuration',
    message: /no certificate with its key/,
  });
  assert.deepEqual([node.options.readers, await shownName(url)], [1, 'old']);
  copyFileSync(renewed.tlsKey, old.tlsKey);
  assert.deepEqual(node.reload(node.options), { taken: [], needRestart: [] });
  assert.equal(await shownName(url), 'new');
  const { tlsCert: _cert, tlsKey: _key, ...plain } = node.options;
  assert.deepEqual(node.reload(plain), { taken: [], needRestart: ['tlsCert', 'tlsKey'] });
  assert.equal(await shownName(url), 'new');
});

test('files that are no certificate are refused before anything listens', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'x.pem');
  writeFileSync(file, 'no certificate\n');
  await assert.rejects(startNode({ data: join(folder.path, 'data'), http: ANY_PORT, tlsCert: file, tlsKey: file }), {
    code: 'invalid_configuration',
    message: /--tls-cert and --tls-key/,
  });
});
