import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { looksLike, readSteps, section } from './page-steps.ts';
import { runSteps } from './run-steps.ts';
import { startNode } from './started-node.ts';

test('the tour of the README works as it is written', { timeout: 300_000 }, async () => {
  await using node = await startNode();
  const steps = readSteps(section(readFileSync(join(node.folder, 'README.md'), 'utf8'), 'Five minutes'));
  assert.ok(steps.length >= 7, `the tour has ${steps.length} steps`);
  const outputs = await runSteps(
    node.folder,
    steps.map(({ commands }) => commands),
    node.port,
  );
  for (const [index, { commands, output }] of steps.entries()) {
    if (output === undefined) continue;
    assert.ok(looksLike(outputs[index]!, output), `${commands}\nshould print\n${output}\nand prints\n${outputs[index]}`);
  }
});

test('a tour that prints something else is noticed', () => {
  assert.ok(looksLike('{"count":12,"height":3}\n', '{"count":…,"height":…}'));
  assert.ok(!looksLike('{"count":12,"height":3,"more":1}', '{"count":…,"height":3}'));
  assert.ok(!looksLike('a\nb', 'a…b'));
});
