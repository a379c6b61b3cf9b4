import assert from 'node:assert/strict';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CliNode } from './cli-node.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { finished } from './run-cli.ts';

let node: CliNode;
before(async () => {
  node = await CliNode.start();
});
after(async () => {
  await node.stop();
  await node.removeFolder();
});

async function ok(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await node.run(args);
  assert.equal(code, 0, stderr);
  return stdout;
}

async function file(name: string, text: string): Promise<string> {
  const path = join(node.folder, name);
  await writeFile(path, text);
  return path;
}

const GOOD_AND_BAD = [
  '{"_id":1}',
  '{"_id":2,',
  '{"_id":3}',
  '{"a":1,"a":2}',
  '{"_id":1,"again":true}',
  '{"_id":6}',
  '[7]',
  '',
].join('\n');

test('a bad line stops the run and is named by its number', async () => {
  const path = await file('stop.ndjson', GOOD_AND_BAD);
  const { code, stderr } = await node.run(['import', 'stop', path]);
  assert.equal(code, 1);
  assert.match(stderr, /^error\[invalid_json\]: Line 2: .* 1 document of this run is written and durable\.\n$/);
  assert.equal(await ok('find', 'stop'), '{"_id":1}\n');
});

test('bad lines are skipped and named', async () => {
  const path = await file('skip.ndjson', GOOD_AND_BAD);
  const { code, stdout, stderr } = await node.run(['import', 'skip', path, '--on-error', 'skip']);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Imported 3 documents into "skip" .* 4 records could not be inserted\.\n$/);
  assert.match(stderr, /^line 2: .*\nline 4: .*\[duplicate_key\]\nline 7: .*\nline 5: .*\[duplicate_id\]\n$/);
  assert.equal(await ok('find', 'skip', '--sort', '{_id: 1}'), '{"_id":1}\n{"_id":3}\n{"_id":6}\n');
});

test('bad lines go to the reject file as they were, and are listed in JSON', async () => {
  const path = await file('reject.ndjson', GOOD_AND_BAD);
  const result = JSON.parse(await ok('import', 'reject', path, '--on-error', 'reject', '--json'));
  assert.deepEqual([result.written, result.bad], [3, 4]);
  assert.deepEqual(
    result.badRecords.map(({ line, code }: { line: number; code: string }) => [line, code]),
    [
      [2, 'invalid_json'],
      [4, 'duplicate_key'],
      [7, 'invalid_value'],
      [5, 'duplicate_id'],
    ],
  );
  assert.equal(await readFile(`${path}.rejected`, 'utf8'), '{"_id":2,\n{"a":1,"a":2}\n[7]\n{"_id":1,"again":true}\n');
});

test('a line that is not UTF-8 goes to the reject file byte by byte', async () => {
  const bad = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xe9, 0xff, 0x22, 0x7d]);
  const path = join(node.folder, 'latin1.ndjson');
  await writeFile(path, Buffer.concat([Buffer.from('{"_id":1}\n'), bad, Buffer.from('\n  {"_id":\r\n')]));
  await ok('import', 'latin1', path, '--on-error', 'reject');
  const rejected = await readFile(`${path}.rejected`);
  assert.deepEqual(rejected, Buffer.concat([bad, Buffer.from('\n  {"_id":\r\n')]));
});

test('a CSV file with semicolons is refused with the option that reads it', async () => {
  const path = await file('semicolons.csv', 'code;name;price\na;Shop, one;1\n');
  const { code, stderr } = await node.run(['import', 'semicolons', path]);
  assert.equal(code, 2);
  assert.match(stderr, /seems to be parted by ";": give --delimiter ";"/);
  await ok('import', 'semicolons', path, '--delimiter', ';', '--id', 'code');
  assert.equal(await ok('find', 'semicolons'), '{"_id":"a","code":"a","name":"Shop, one","price":1}\n');
  await ok('import', 'one', path, '--delimiter', ',', '--on-error', 'skip');
});

test('CSV is read with types, nested names and ids, its bad rows kept with their header', async () => {
  const rows = [
    'code,name,address.zip,price,since',
    'a,"Shop, one",00501,1,2020-01-31',
    'b,Two,10001,2.5,2021-12-01',
    'c,Three',
    '',
  ];
  const path = await file('shops.csv', rows.join('\r\n'));
  await ok('import', 'shops', path, '--id', 'code', '--on-error', 'reject', '--reject-file', `${path}.bad`);
  assert.deepEqual((await ok('find', 'shops')).trim().split('\n'), [
    '{"_id":"a","code":"a","name":"Shop, one","address":{"zip":"00501"},"price":1.0,"since":{"$date":"2020-01-31T00:00:00Z"}}',
    '{"_id":"b","code":"b","name":"Two","address":{"zip":"10001"},"price":2.5,"since":{"$date":"2021-12-01T00:00:00Z"}}',
  ]);
  assert.equal(await readFile(`${path}.bad`, 'utf8'), `${rows[0]}\nc,Three\n`);
});

test('a JSON array comes through a pipe; a missing collection is refused when it may not be made', async () => {
  const refused = await node.run(['import', 'arrays', '--no-create'], { input: '[{"_id":1}]' });
  const packed = await node.run(['export', 'nowhere', 'cities.ndjson.gz']);
  assert.deepEqual([packed.code, /not compressed/.test(packed.stderr)], [2, true]);
  assert.deepEqual([refused.code, /error\[(\w+)\]/.exec(refused.stderr)?.[1]], [4, 'unknown_collection']);
  const { code, stderr } = await node.run(['import', 'arrays'], { input: '[\n  {"_id": 1, "a": [1, 2]},\n  {"_id": 2}\n]\n' });
  assert.equal(code, 0, stderr);
  assert.equal(await ok('find', 'arrays', '--sort', '{_id: 1}'), '{"_id":1,"a":[1,2]}\n{"_id":2}\n');
});

const EVERY_TYPE = [
  '{"_id":{"$oid":"5f2a1b3c4d5e6f7a8b9c0d1e"},"text":"é \\" \\\\ \\n 😀","int":5,"long":{"$numberLong":"5"},"big":9007199254740993,"double":1.0,"tiny":5e-324}',
  '{"_id":"a/b?c","nan":{"$numberDouble":"NaN"},"zero":{"$numberDouble":"-0.0"},"dec":{"$numberDecimal":"1.50"},"yes":true,"none":null}',
  '{"_id":{"$numberLong":"7"},"when":{"$date":"2020-01-01T00:00:00.123Z"},"old":{"$date":{"$numberLong":"-1"}},"ts":{"$timestamp":{"t":1,"i":2}}}',
  '{"_id":{"$binary":{"base64":"AQID","subType":"00"}},"rx":{"$regularExpression":{"pattern":"^a","options":"i"}},"10":1,"2":2,"list":[1,[2,{"x":[]}],{}]}',
];

test('every type comes back from an export equal, through NDJSON and JSON', async () => {
  await ok('import', 'types', await file('types.ndjson', `${EVERY_TYPE.join('\n')}\n`));
  assert.deepEqual((await ok('export', 'types')).trim().split('\n'), EVERY_TYPE);
  const json = join(node.folder, 'types.json');
  await ok('export', 'types', json);
  await ok('import', 'types2', json);
  assert.equal(await ok('export', 'types2'), await ok('export', 'types'));
});

test('an export follows its cursors, and an import of it is equal', async () => {
  const path = join(node.folder, 'cities.ndjson');
  await ok('sample', 'load', 'cities', '--limit', '4500');
  await ok('export', 'cities', path, '--sort', '{_id: 1}');
  await ok('import', 'cities2', path);
  assert.equal((await readFile(path, 'utf8')).split('\n').length, 4501);
  assert.equal(await ok('export', 'cities2', '--sort', '{_id: 1}'), await readFile(path, 'utf8'));
  const part = await ok(
    'export',
    'cities',
    '--format',
    'csv',
    '--filter',
    '{country: "AD"}',
    '--fields',
    '_id,name',
    '--sort',
    '{_id: 1}',
    '--limit',
    '2',
  );
  assert.equal(part, '_id,name\n3039154,El Tarter\n3039163,Sant Julià de Lòria\n');
});

test('a batch whose answer was lost is sent again and not inserted twice', async () => {
  const proxy = await CuttingProxy.start(node.url);
  try {
    await ok('collection', 'create', 'once');
    const lines = Array.from({ length: 2500 }, (_, index) => `{"n":${index}}`).join('\n');
    const path = await file('once.ndjson', lines);
    const running = node.spawn(['import', 'once', path, '--no-create', '--in-flight', '1', '--json'], {
      AEROLITH_URL: proxy.url,
    });
    proxy.cutting = true;
    const watch = setInterval(() => {
      if (proxy.lost >= 3) proxy.cutting = false;
    }, 5);
    const { code, stdout, stderr } = await finished(running);
    clearInterval(watch);
    assert.equal(code, 0, stderr);
    assert.ok(proxy.lost >= 3, 'answers were lost');
    assert.equal(JSON.parse(stdout).written, 2500);
    assert.equal(await ok('count', 'once'), '2500\n');
  } finally {
    await proxy.close();
  }
});

test('Ctrl-C ends an import with the number of documents that are written', async () => {
  await ok('collection', 'create', 'endless');
  const running = node.spawn(['import', 'endless', '--json']);
  const all = finished(running);
  const feeding = setInterval(() => running.stdin?.write('{"x":"some text"}\n'.repeat(500)), 10);
  running.stdin?.on('error', () => undefined);
  while (Number(await ok('count', 'endless')) === 0);
  running.kill('SIGINT');
  const { code, stderr } = await all;
  clearInterval(feeding);
  assert.equal(code, 130);
  const { error } = JSON.parse(stderr);
  assert.equal(error.code, 'interrupted');
  assert.equal(await ok('count', 'endless'), `${error.written}\n`);
});

test('a full reader: an export into a pipe that is closed ends quietly', async () => {
  const running = node.spawn(['export', 'cities']);
  running.stdout?.once('data', () => running.stdout?.destroy());
  const code = await new Promise((resolve) => running.on('close', resolve));
  assert.equal(code, 0);
});

/** Documents of 100 kB: more than fits between server and program at once. */
async function loadLarge(collection: string): Promise<void> {
  const lines = Array.from({ length: 300 }, (_, n) => `{"_id":${n},"x":"${'x'.repeat(100_000)}"}`).join('\n');
  await ok('import', collection, await file(`${collection}.ndjson`, `${lines}\n`));
}

test('an export whose connection breaks leaves what was there, and no part', async () => {
  await loadLarge('large');
  const proxy = await CuttingProxy.start(node.url);
  try {
    proxy.cutAfterBytes = 5_000_000;
    const path = await file('whole.ndjson', 'what was there\n');
    const { code, stdout, stderr } = await node.run(['export', 'large', path], { env: { AEROLITH_URL: proxy.url } });
    assert.deepEqual([code, stdout], [3, '']);
    assert.match(stderr, /^error\[unreachable\]: The connection to .* broke .* before the export was whole\. Try again\.\n$/);
    assert.equal(await readFile(path, 'utf8'), 'what was there\n');
    const piped = await node.run(['export', 'large'], { env: { AEROLITH_URL: proxy.url } });
    assert.equal(piped.code, 3);
  } finally {
    await proxy.close();
  }
  await node.run(['export', 'unknown', join(node.folder, 'unknown.ndjson')]);
  const names = await readdir(node.folder);
  assert.deepEqual(
    names.filter((name) => /\.part$|^unknown/.test(name)),
    [],
  );
});

test('Ctrl-C ends an export, and no file is made', async () => {
  const path = join(node.folder, 'stopped.ndjson');
  const proxy = await CuttingProxy.start(node.url);
  try {
    proxy.holdAfterBytes = 5_000_000;
    const running = node.spawn(['export', 'large', path, '--json'], { AEROLITH_URL: proxy.url });
    const all = finished(running);
    while (!(await readdir(node.folder)).includes('stopped.ndjson.part'));
    running.kill('SIGINT');
    const { code, stderr } = await all;
    assert.deepEqual([code, JSON.parse(stderr).error.code], [130, 'interrupted']);
    assert.deepEqual(
      (await readdir(node.folder)).filter((name) => name.startsWith('stopped')),
      [],
    );
  } finally {
    await proxy.close();
  }
});

test('an export replaces a file through a link, and an empty collection makes an empty file', async () => {
  const target = await file('target.ndjson', 'before\n');
  const link = join(node.folder, 'link.ndjson');
  await symlink(target, link);
  await ok('collection', 'create', 'nothing');
  assert.equal(await ok('export', 'nothing', link), `Exported 0 documents to ${link}.\n`);
  assert.equal(await readFile(target, 'utf8'), '');
  assert.equal(await ok('export', 'nothing', '--format', 'json'), '[]\n');
  assert.equal(await ok('export', 'nothing', '--format', 'csv'), '');
  assert.equal(await ok('export', 'nothing', '/dev/null'), 'Exported 0 documents to /dev/null.\n');
});
