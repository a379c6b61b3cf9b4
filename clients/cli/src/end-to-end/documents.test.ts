import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CliNode } from './cli-node.ts';

let node: CliNode;
before(async () => {
  node = await CliNode.start();
});
after(async () => {
  await node.stop();
  await node.removeFolder();
});

/** Runs a command that must succeed; its standard output. */
async function ok(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await node.run(args);
  assert.equal(code, 0, stderr);
  assert.equal(stderr, '', 'nothing but errors and progress goes to stderr, and neither in a pipe');
  return stdout;
}

/** Runs a command that must fail; its exit code and error. */
async function refused(...args: string[]): Promise<{ code: number | null; error: Record<string, unknown> }> {
  const { code, stdout, stderr } = await node.run([...args, '--json']);
  assert.equal(stdout, '');
  return { code, error: JSON.parse(stderr).error };
}

test('a part of the cities is loaded, counted, found and explained', async () => {
  const loaded = JSON.parse(await ok('sample', 'load', 'cities', '--limit', '3000', '--json'));
  assert.deepEqual([loaded.collection, loaded.written, loaded.bad], ['cities', 3000, 0]);
  assert.equal(await ok('count', 'cities'), '3000\n');
  const found = (await ok('find', 'cities', '{country: "AE"}', '--sort', '{population: -1}', '--limit', '2')).trim().split('\n');
  assert.deepEqual(
    found.map((line) => JSON.parse(line).name),
    ['Dubai', 'Sharjah'],
  );
  assert.equal(JSON.parse(found[0] ?? '').location.type, 'Point');
  assert.equal(await ok('find', 'cities', '--id', '292223'), `${found[0]}\n`);

  assert.equal(JSON.parse(await ok('explain', 'cities', '{country: "AE"}')).access, 'scan');
  assert.equal(JSON.parse(await ok('index', 'create', 'cities', '{country: 1, population: -1}')).name, 'country_1_population_-1');
  const explained = JSON.parse(await ok('explain', 'cities', '{country: "AE"}'));
  assert.deepEqual([explained.access, explained.index], ['index', 'country_1_population_-1']);
  assert.match(await ok('index', 'list', 'cities'), /"keys":\{"country":1,"population":-1\}/);
  await ok('index', 'drop', 'cities', 'country_1_population_-1');
  assert.equal(await ok('index', 'list', 'cities'), '');
});

test('a sample is not loaded over documents that are there, unless it is asked for', async () => {
  await ok('sample', 'load', 'penguins', '--collection', 'birds', '--limit', '10');
  const again = await refused('sample', 'load', 'penguins', '--collection', 'birds');
  assert.deepEqual([again.code, again.error.code], [4, 'collection_exists']);
  await ok('sample', 'load', 'penguins', '--collection', 'birds', '--drop');
  assert.equal(await ok('count', 'birds'), '344\n');
});

test('documents are inserted, changed and removed', async () => {
  await ok('collection', 'create', 'people');
  const inserted = JSON.parse(
    await ok('insert', 'people', "{_id: 1, name: 'Ada'}", '{"name":"Bo","born":{"$date":"1990-01-01T00:00:00Z"}}'),
  );
  assert.equal(inserted.ids[0], 1);
  assert.match(inserted.ids[1].$oid, /^[0-9a-f]{24}$/);
  const changed = JSON.parse(await ok('update', 'people', '{}', '{$set: {seen: true}}', '--many'));
  assert.deepEqual([changed.matched, changed.modified], [2, 2]);
  const made = JSON.parse(await ok('update', 'people', '{_id: 3}', '{$inc: {n: 1}}', '--upsert'));
  assert.equal(made.upsertedId, 3);
  assert.equal(await ok('find', 'people', '--id', '3'), '{"_id":3,"n":1}\n');
  const inVain = await refused('find', 'people', '--id', '3', '--projection', '{n: 1}');
  assert.equal(inVain.code, 2);
  assert.match(String(inVain.error.message), /--id shows one whole document; for --projection give a filter/);
  const elements = ['{_id: 3}', '{$set: {"m.$[x].v": 9}}', '--array-filters', '[{"x.v": 1}]'] as const;
  await ok('update', 'people', '{_id: 3}', '{$set: {m: [{v: 1}, {v: 2}]}}');
  await ok('update', 'people', ...elements);
  assert.equal(await ok('find', 'people', '{_id: 3}', '--projection', '{m: 1, _id: 0}'), '{"m":[{"v":9},{"v":2}]}\n');
  assert.equal(JSON.parse(await ok('delete', 'people', '{seen: true}', '--many')).deleted, 2);
  assert.equal(await ok('count', 'people'), '1\n');
});

test('documents come through a pipe too, all or none', async () => {
  await ok('collection', 'create', 'piped');
  const good = await node.run(['insert', 'piped'], { input: '{"_id":1}\n{"_id":2}\n' });
  assert.equal(good.code, 0, good.stderr);
  const bad = await node.run(['insert', 'piped'], { input: '[{"_id":3},{"_id":2}]' });
  assert.equal(bad.code, 4);
  assert.match(bad.stderr, /^error\[duplicate_id\]/);
  assert.equal(await ok('find', 'piped', '--sort', '{_id: 1}'), '{"_id":1}\n{"_id":2}\n');
});

test('a past state stays readable', async () => {
  await ok('collection', 'create', 'past');
  const { receipt } = JSON.parse(await ok('insert', 'past', '{_id: 1, n: 1}'));
  await ok('update', 'past', '{_id: 1}', '{$set: {n: 2}}');
  assert.equal(await ok('find', 'past', '--at', String(receipt.height)), '{"_id":1,"n":1}\n');
  assert.equal(await ok('find', 'past', '--id', '1', '--at', String(receipt.height)), '{"_id":1,"n":1}\n');
});

test('a schema is set, shown, enforced and taken away', async () => {
  await ok('collection', 'create', 'strict', '--schema', '{required: ["name"]}');
  assert.deepEqual(JSON.parse(await ok('collection', 'show', 'strict')).options, { schema: { required: ['name'] } });
  const { code, error } = await refused('insert', 'strict', '{_id: 1}');
  assert.deepEqual([code, error.code], [4, 'schema_violation']);
  await ok('collection', 'alter', 'strict', '--no-schema');
  await ok('insert', 'strict', '{_id: 1}');
  await ok('collection', 'drop', 'strict');
  assert.equal((await refused('count', 'strict')).error.code, 'unknown_collection');
});

test('what the server refuses has exit code 4 and its code; what cannot be read has 2', async () => {
  const operator = await refused('find', 'cities', '{population: {$gtt: 5}}');
  assert.deepEqual([operator.code, operator.error.code, operator.error.nearest], [4, 'unknown_operator', '$gt']);
  const json = await refused('find', 'cities', '{population: }');
  assert.deepEqual([json.code, json.error.code], [2, 'invalid_json']);
  const duplicate = await refused('insert', 'cities', '{"a":1,"a":2}');
  assert.deepEqual([duplicate.code, duplicate.error.code], [2, 'duplicate_key']);
  const version = await refused('update', 'cities', '{_id: 292223}', '{$set: {x: 1}}', '--if-version', '1');
  assert.deepEqual([version.code, version.error.code], [4, 'version_conflict']);
});

test('a token may do what it was granted, until it is removed', async () => {
  const token = (await ok('token', 'create', 'reports', '--grant', 'cities:reader')).trim();
  const as = { AEROLITH_TOKEN: token, AEROLITH_TOKEN_FILE: '' };
  assert.equal((await node.run(['count', 'cities'], { env: as })).stdout, '3000\n');
  const write = await node.run(['insert', 'cities', '{_id: "x"}'], { env: as });
  assert.equal(write.code, 4);
  assert.match(write.stderr, /^error\[forbidden\]/);
  assert.match(await ok('token', 'list'), /"name":"reports"/);
  await ok('token', 'remove', 'reports');
  assert.match((await node.run(['count', 'cities'], { env: as })).stderr, /^error\[unauthenticated\]/);
});

test('a user is made with a password out of a pipe', async () => {
  const made = await node.run(['user', 'create', 'ada', '--grant', '*:writer', '--password-file', '-'], {
    input: 'correct horse\n',
  });
  assert.equal(made.code, 0, made.stderr);
  assert.deepEqual(JSON.parse(await ok('user', 'list')), { name: 'ada', kind: 'user', grants: { '*': 'writer' } });
  const basic = Buffer.from('ada:correct horse').toString('base64');
  const answer = await fetch(`${node.url}/v1/collections`, { headers: { authorization: `Basic ${basic}` } });
  assert.equal(answer.status, 200);
  await ok('user', 'remove', 'ada');
});
