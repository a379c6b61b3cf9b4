import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { CliNode } from './cli-node.ts';
import { finished, runCli } from './run-cli.ts';

let node: CliNode;
before(async () => {
  node = await CliNode.start();
  await node.run(['sample', 'load', 'cities', '--limit', '2000']);
});
after(async () => {
  await node.stop();
  await node.removeFolder();
});

/** Runs code that must succeed; its standard output. */
async function evaluated(code: string): Promise<string> {
  const { code: exit, stdout, stderr } = await node.run(['shell', '--eval', code]);
  assert.deepEqual([exit, stderr], [0, '']);
  return stdout;
}

test('--eval prints the value of the last statement as JSON', async () => {
  const query =
    "db.cities.find({country: 'AE', population: {$gt: 1e6}}).sort({population: -1}).limit(2).project({name: 1, _id: 0})";
  assert.equal(await evaluated(query), '{"name":"Dubai"}\n{"name":"Sharjah"}\n');
  assert.equal(await evaluated('const n = db.cities.count(); n + 1'), '2001\n');
  assert.equal(await evaluated('print(db.cities.findOne({_id: -1})); const silent = 1'), 'null\n');
  assert.equal(
    await evaluated(
      "({ id: ObjectId('65F000000000000000000001'), at: ISODate('2026-01-31'), n: NumberLong('5'), m: NumberDecimal('1.50') })",
    ),
    '{"id":{"$oid":"65f000000000000000000001"},"at":{"$date":"2026-01-31T00:00:00Z"},"n":{"$numberLong":"5"},"m":{"$numberDecimal":"1.50"}}\n',
  );
});

test('code from a pipe and from a file', async () => {
  const code =
    'let names = []\nfor (const c of db.cities.find().limit(3)) names.push(c.name)\nprint(names.length)\nprint({ n: 1 })\n';
  const piped = await node.run(['shell'], { input: code });
  assert.deepEqual([piped.code, piped.stdout, piped.stderr], [0, '3\n{"n":1}\n', '']);
  const file = join(node.folder, 'report.js');
  writeFileSync(file, `#!/usr/bin/env aerolith\n${code}`);
  const run = await runCli(['shell', node.url, file, '--token-file', node.keyFile]);
  assert.deepEqual([run.code, run.stdout], [0, '3\n{"n":1}\n']);
});

test('a failure is one sentence, and the exit code tells its kind', async () => {
  const failing = async (args: string[]) => {
    const { code, stdout, stderr } = await node.run(['shell', ...args]);
    assert.equal(stdout, '');
    return `${code} ${stderr.trim()}`;
  };
  assert.match(await failing(['--eval', 'db.nowhere.find()']), /^4 error\[unknown_collection\]: .*"nowhere".*\.$/);
  assert.match(
    await failing(['--eval', 'nowhere.find()']),
    /^1 error\[ReferenceError\]: nowhere is not defined\.( \(eval\.js:1\))?$/,
  );
  assert.match(
    await failing(['--eval', 'db.cities.finde()']),
    /^1 error\[TypeError\]: A collection has no method finde; did you mean find\?$/,
  );
  assert.match(
    await failing(['--eval', 'db.cities.find().countDocuments()']),
    /What was called before it has no method countDocuments; did you mean count\?$/,
  );
  assert.match(
    await failing(['--eval', 'db.cities.aggregate([]).limit(1)']),
    /has no method limit, which a find has; in a pipeline put the stage \$limit\.$/,
  );
  assert.match(await failing(['--eval', '1 +']), /^1 error\[syntax\]: Unexpected token\.\n {2}1 \+\n {5}\^$/);
  assert.match(await failing(['none.js']), /^1 error\[ENOENT\]: There is no such file or folder: none\.js\.$/);
  assert.match(await failing(['--eval', '1', 'a.js']), /^2 error\[usage\]/);
  assert.match(
    await failing(['http://127.0.0.1:9', '--eval', '1']),
    /^3 error\[unreachable\]: No server answers at http:\/\/127\.0\.0\.1:9 .*aerolith start/,
  );
  const { code, stderr } = await node.run(['shell', '--eval', 'db.cities.find({a: {$gtt: 1}})', '--json']);
  assert.deepEqual([code, JSON.parse(stderr).error.code, JSON.parse(stderr).error.nearest], [4, 'unknown_operator', '$gt']);
  const stranger = await runCli(['shell', node.url, '--eval', '1'], { env: { AEROLITH_TOKEN: 'wrong' } });
  assert.match(`${stranger.code} ${stranger.stderr}`, /^4 error\[unauthenticated\]: .*--token-file/);
});

test('Ctrl-C ends a script', { skip: process.platform === 'win32' }, async () => {
  const child = node.spawn(['shell', '--eval', 'print("begun"); for (;;) db.cities.count()']);
  const ended = finished(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  await delay(50);
  child.kill('SIGINT');
  const { code, stderr } = await ended;
  assert.deepEqual([code, stderr], [130, 'error[interrupted]: Stopped.\n']);
});

test('a folder is opened without a server, and only one that is there', async () => {
  const other = await CliNode.start();
  const data = join(other.folder, 'data');
  let inUse = '';
  try {
    await other.run(['sample', 'load', 'cities', '--limit', '10']);
    inUse = (await runCli(['shell', '--data', data, '--eval', '1'])).stderr;
  } finally {
    await other.stop();
  }
  assert.match(inUse, /^error\[data_in_use\]/);
  const local = await runCli(['shell', '--data', data, '--eval', 'db.cities.count()']);
  assert.deepEqual([local.code, local.stdout, local.stderr], [0, '10\n', '']);
  const none = await runCli(['shell', '--data', join(other.folder, 'none'), '--eval', '1']);
  assert.match(`${none.code} ${none.stderr}`, /^2 error\[usage\]: .* holds no database/);
  await other.removeFolder();
});
