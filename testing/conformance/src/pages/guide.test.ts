import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { looksLike, readSteps } from './page-steps.ts';
import { runSteps } from './run-steps.ts';
import { startNode } from './started-node.ts';

/** What the pages take for granted: the command, the token, two collections. */
const BEFORE = `
aerolith() { npm run -s aerolith -- "$@"; }
TOKEN=$(cat aerolith-data/admin.key)
aerolith collection create cities
aerolith insert cities '{_id: 3413829, name: "Reykjavík", country: "IS", population: 118918}' '{_id: 1, name: "Ur", country: "IQ", population: 1}'
aerolith collection create accounts
aerolith insert accounts '{_id: "a", balance: 50}' '{_id: "b", balance: 0}'
aerolith collection create people
`;

/** A refusal that a reader did not ask for. Conflicts are shown on purpose: the pages cannot know a version. */
const MISTAKE = /error\[|"code":"(?!version_conflict|transaction_conflict)|command not found|^curl:/m;

const PAGES = ['access.md', 'documents.md', 'history-and-changes.md', 'queries.md', 'schema-migrations.md', 'writes.md'];

test('the commands of the guide run as they are written', { timeout: 300_000 }, async () => {
  await using node = await startNode();
  const guide = join(node.folder, 'docs/guide');
  for (const page of PAGES) assert.ok(readdirSync(guide).includes(page), page);
  const steps = PAGES.flatMap((page) => readSteps(readFileSync(join(guide, page), 'utf8')).map((step) => ({ ...step, page })));
  assert.ok(steps.length >= 10, `the guide has ${steps.length} steps`);
  const [before, ...outputs] = await runSteps(node.folder, [BEFORE, ...steps.map(({ commands }) => commands)], node.port);
  assert.doesNotMatch(before!, MISTAKE);
  for (const [index, { page, commands, output }] of steps.entries()) {
    const actual = outputs[index]!;
    const right = output === undefined ? !MISTAKE.test(actual) : looksLike(actual, output);
    assert.ok(right, `${page}: ${commands}\nprints\n${actual}${output === undefined ? '' : `\nand should print\n${output}`}`);
  }
});
