import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseAddress } from './option-values.ts';
import { OPTION_NAMES, OPTIONS } from './options.ts';
import { readOptions } from './read-options.ts';

function withFile(content: string, work: (file: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-options-'));
  const file = join(folder, 'aerolith.json');
  writeFileSync(file, content);
  try {
    work(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('defaults', () => {
  const options = readOptions();
  assert.equal(options.data, './aerolith-data');
  assert.deepEqual(options.http, { host: '127.0.0.1', port: 8080 });
  assert.deepEqual([options.grpc, options.ws, options.mongo, options.postgres], ['off', 'off', 'off', 'off']);
});

test('flags go before the environment, that before the file, that before defaults', () => {
  withFile('{"http": "127.0.0.1:1", "data": "file", "readers": 3, "waitingReads": "7"}', (config) => {
    const environment = { AEROLITH_HTTP: '127.0.0.1:2', AEROLITH_DATA: 'environment', AEROLITH_CONFIG: config };
    const options = readOptions({ flags: { http: 'off', config: undefined }, environment });
    const { http, data, readers, waitingReads } = options;
    assert.deepEqual({ http, data, readers, waitingReads }, { http: 'off', data: 'environment', readers: 3, waitingReads: 7 });
  });
});

test('addresses', () => {
  assert.deepEqual(parseAddress('8080', 'x'), { host: '127.0.0.1', port: 8080 });
  assert.deepEqual(parseAddress(':8080', 'x'), { host: '127.0.0.1', port: 8080 });
  assert.deepEqual(parseAddress('0.0.0.0:0', 'x'), { host: '0.0.0.0', port: 0 });
  assert.deepEqual(parseAddress('[::1]:80', 'x'), { host: '::1', port: 80 });
  assert.deepEqual(parseAddress('db.example:80', 'x'), { host: 'db.example', port: 80 });
  for (const wrong of ['', 'on', '65536', 'a:b', '::1:80', 'host:']) {
    assert.throws(() => parseAddress(wrong, '--http'), {
      code: 'invalid_configuration',
      message: /--http is ".*"; give an address/,
    });
  }
});

test('what is wrong is named, with what is near', () => {
  const flags = (name: string, text: string) => () => readOptions({ flags: { [name]: text } });
  assert.throws(flags('readers', 'many'), {
    code: 'invalid_configuration',
    message: /--readers is "many"; give a whole number from 1 to 16/,
  });
  assert.throws(flags('readers', '17'), { code: 'invalid_configuration' });
  assert.throws(flags('data', ''), { code: 'invalid_configuration' });
  assert.throws(() => readOptions({ environment: { AEROLITH_HTP: '1' } }), {
    message: /no environment variable "AEROLITH_HTP".*AEROLITH_HTTP/,
  });
  withFile('{"reders": 1}', (config) => assert.throws(flags('config', config), { message: /"reders".*Did you mean readers/ }));
  withFile('{"readers": []}', (config) =>
    assert.throws(flags('config', config), { message: /readers in .* must be a text or a number/ }),
  );
  withFile('[]', (config) => assert.throws(flags('config', config), { message: /must hold one JSON object/ }));
  withFile('{', (config) => assert.throws(flags('config', config), { code: 'invalid_configuration' }));
  assert.throws(flags('config', '/nowhere/at/all.json'), { code: 'invalid_configuration', message: /ENOENT/ });
});

test('every option is declared by one flag and one variable, and its default is one of its values', () => {
  assert.ok(OPTION_NAMES.length > 10);
  for (const part of ['flag', 'environment'] as const) {
    assert.equal(new Set(OPTION_NAMES.map((name) => OPTIONS[name][part])).size, OPTION_NAMES.length);
  }
  for (const name of OPTION_NAMES) {
    const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    assert.equal(OPTIONS[name].flag, `--${kebab}`);
    assert.equal(OPTIONS[name].environment, `AEROLITH_${kebab.replaceAll('-', '_').toUpperCase()}`);
  }
});
