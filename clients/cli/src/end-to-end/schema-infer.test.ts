import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CliNode } from './cli-node.ts';

let node: CliNode;
before(async () => {
  node = await CliNode.start();
  const lines = Array.from({ length: 3000 }, (_, i) =>
    JSON.stringify({
      _id: i,
      name: `n${i}`,
      colour: ['red', 'blue'][i % 2],
      at: i % 4 === 0 ? null : { $date: i },
      tags: i % 3 === 0 ? [] : [{ key: 'a', value: i % 2 === 0 ? i : `${i}` }],
      price: { $numberDecimal: '1.50' },
      ...(i % 10 === 0 ? { note: 'x' } : {}),
    }),
  );
  await writeFile(join(node.folder, 'goods.ndjson'), lines.join('\n'));
  assert.equal((await node.run(['import', 'goods', join(node.folder, 'goods.ndjson')])).code, 0);
});
after(async () => {
  await node.stop();
  await node.removeFolder();
});

test('the schema of all documents is accepted by the server, and all documents satisfy it', async () => {
  const file = join(node.folder, 'goods.schema.json');
  const { code, stderr } = await node.run(['schema', 'infer', 'goods', '--sample', '5000', '--output', file]);
  assert.equal(code, 0, stderr);
  const schema = JSON.parse(await readFile(file, 'utf8'));
  assert.match(schema.$comment, /all 3000 documents/);
  assert.deepEqual(schema.required, ['_id', 'name', 'colour', 'at', 'tags', 'price']);
  assert.deepEqual(schema.properties.colour.enum, ['blue', 'red']);
  assert.deepEqual(schema.properties.note, { type: 'string', $comment: 'in 10 %' });
  const made = await node.run(['collection', 'create', 'copy', '--schema', `@${file}`]);
  assert.equal(made.code, 0, made.stderr);
  const copied = await node.run(['import', 'copy', join(node.folder, 'goods.ndjson')]);
  assert.equal(copied.code, 0, copied.stderr);
  const wrong = await node.run(['insert', 'copy', '{"_id": 5000, "name": 5}']);
  assert.match(wrong.stderr, /schema_violation/);
});

test('a sample says that it is one; without names all collections come', async () => {
  const { stdout } = await node.run(['schema', 'infer', 'goods', '--sample', '200']);
  assert.match(JSON.parse(stdout).$comment, /a sample of 200 of 3000 documents/);
  await node.run(['collection', 'create', 'empty']);
  const all = JSON.parse((await node.run(['schema', 'infer', '--json'])).stdout);
  assert.deepEqual(Object.keys(all).sort(), ['copy', 'empty', 'goods']);
  assert.match(all.empty.$comment, /empty collection/);
  const unknown = await node.run(['schema', 'infer', 'gods']);
  assert.equal(unknown.code, 4);
  assert.match(unknown.stderr, /unknown_collection/);
});
