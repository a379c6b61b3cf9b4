import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { originText } from './option-origin.ts';
import { parseAddress } from './option-values.ts';
import { OPTION_NAMES, OPTIONS } from './options.ts';
import { parseGiven, readGiven, readOptions } from './read-options.ts';

function withFile(content: string, work: (file: string) => void, name = 'aerolith.json'): void {
  const folder = mkdtempSync(join(tmpdir(), 'aerolith-options-'));
  const file = join(folder, name);
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
  withFile('[]', (config) => assert.throws(flags('config', config), { message: /must hold one mapping/ }));
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

test('each value says where it came from', () => {
  const yaml = '# a node\nhttp: 127.0.0.1:1\n\n"readers": 3 # threads\ndata: file\n';
  const check = (config: string) => {
    const given = readGiven({ flags: { config }, environment: { AEROLITH_DATA: 'here' } });
    const places = (['http', 'readers', 'data', 'config', 'grpc'] as const).map((name) => originText(given[name]!.origin));
    assert.deepEqual(places, [`${config}:2`, `${config}:4`, 'AEROLITH_DATA', '--config', 'default']);
    assert.equal(parseGiven(given).readers, 3);
  };
  withFile(yaml, check, 'aerolith.yaml');
  withFile(yaml, check, 'aerolith.yml');
});

test('a value of a file is the text that is written, whatever YAML makes of such words', () => {
  withFile(
    'http: off\ndata: "0123"\ntlsCert: no\n',
    (config) => {
      const { http, data, tlsCert } = readOptions({ flags: { config } });
      assert.deepEqual({ http, data, tlsCert }, { http: 'off', data: '0123', tlsCert: 'no' });
    },
    'aerolith.yaml',
  );
  withFile('', (config) => assert.equal(readOptions({ flags: { config } }).readers, 1), 'empty.yaml');
  withFile('{\n\t"readers": 2\n}', (config) => assert.equal(readOptions({ flags: { config } }).readers, 2));
});

const BROKEN: readonly (readonly [content: string, message: RegExp])[] = [
  ['a: b: c', /aerolith\.yaml:1 cannot be used: bad indentation/],
  ['readers: 1\nreaders: 2', /aerolith\.yaml:2 cannot be used: readers stands twice/],
  ['readers: 1\nreders: 2', /no option "reders" in .*aerolith\.yaml:2\. Did you mean readers\?/],
  ['config: other.yaml', /no option "config"/],
  ['readers: 1\nhttp: nowhere', /http in .*aerolith\.yaml:2 is "nowhere"; give an address/],
  ['readers:\n  max: 2', /readers in .*aerolith\.yaml:1 must be a text or a number/],
  ['readers:', /must be a text or a number/],
  ['readers: null', /must be a text or a number/],
  ['data: &x a\ntlsCert: *x', /tlsCert in .*:2 must be a text or a number/],
  ['? [a]\n: 1', /the name of an option must be a word/],
  ['--- {readers: 1}\n--- {readers: 2}', /one document, not several/],
  ['- readers', /must hold one mapping/],
];

for (const [content, message] of BROKEN) {
  test(`a file that is wrong: ${JSON.stringify(content)}`, () => {
    const read = (config: string) =>
      assert.throws(() => readOptions({ flags: { config } }), { code: 'invalid_configuration', message });
    withFile(content, read, 'aerolith.yaml');
  });
}

test('a file of another kind is refused by its name', () => {
  withFile(
    'readers = 1',
    (config) =>
      assert.throws(() => readOptions({ flags: { config } }), { message: /ends in "\.toml"; give a file that ends in \.yaml/ }),
    'aerolith.toml',
  );
});
