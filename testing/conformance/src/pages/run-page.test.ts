import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBlocks } from './page-blocks.ts';
import { emptyDesk } from './reader-desk.ts';
import { runPage } from './run-page.ts';

const PAGE = `
\`\`\`sh
mkdir sub && cd sub
NAME=Ada
\`\`\`

\`\`\`js
// greet.mjs
console.log('hello', process.argv[2]);
setInterval(() => undefined, 1000);
\`\`\`

\`\`\`sh
echo "$NAME" in "$(basename "$PWD")"
\`\`\`

\`\`\`text
Ada in …
\`\`\`

\`\`\`sh terminal-2
node greet.mjs Bo
\`\`\`

\`\`\`ts
const length: number = 'four'.length;
console.log(length);
\`\`\`

\`\`\`text
4
\`\`\`

\`\`\`text terminal-2
hello Bo
\`\`\`

\`\`\`sh terminal-2
node greet.mjs again
\`\`\`

\`\`\`text
hello again
\`\`\`
`;

async function run(page: string): Promise<number> {
  const desk = await emptyDesk();
  try {
    return await runPage(page, desk);
  } finally {
    await desk.dispose();
  }
}

test('a page is done in order: variables, folders and files stay, and a further terminal goes on beside', async () => {
  assert.equal(await run(PAGE), 7);
});

test('what a page shows and does not get is an error that names the line and both texts', async () => {
  await assert.rejects(run(PAGE.replace('Ada in …', 'Bo in …')), /line 13:.*prints\nAda in sub.*should print\nBo in …/s);
  await assert.rejects(run(PAGE.replace("'four'", "'three'")), /line 25:.*prints\n5/s);
});

test('a command that fails where the page shows no failure is an error', async () => {
  await assert.rejects(run('```sh\nfalse\n```\n'), /line 1:.*ends with 1/s);
  await assert.rejects(run('```sh\necho "error[internal]: x"\n```\n'), /ends with 0/);
  await assert.rejects(run('```ts\nthrow new TypeError("x");\n```\n'), /TypeError: x/);
});

test('fences that are for reading only are left out', () => {
  assert.deepEqual(readBlocks('```ts ignore\nx\n```\n\n```json\n{}\n```\n\n```text\nalone\n```\n'), []);
});
