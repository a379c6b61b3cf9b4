import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CliNode } from './cli-node.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** What the pages take for granted. */
const FILES: Readonly<Record<string, string>> = {
  'people.ndjson': '{"_id":1,"name":"Ada"}\n{"_id":2,"name":"Bo"}\n',
  'shops.csv': 'code,zip,price,opened,address.city\na,00501,1.50,2020-01-31,Holtsville\nb,10001,2,2021-12-01,New York\n',
  'report.js': 'let total = 0\nfor (const city of db.cities.find().limit(10)) total += city.population\ntotal\n',
  'ada.password': 'correct horse battery staple\n',
};

/** Commands that need another program, another server, or an end from outside; and what follows what went before. */
const LEFT_OUT = /\||db\.example|\$\(/;

/** Exit codes of those that show a failure; the time that a page names lies before the data of this test. */
const FAILING: Readonly<Record<string, number>> = {
  'aerolith find nowhere --json': 4,
  "aerolith shell --eval 'db.cities.find({population: {$gtt: 5}})'": 4,
  'aerolith find people --at 2026-01-31T12:00:00Z': 4,
};

/** What a command needs before it: two imports of the same ids go into a collection made anew. */
const BEFORE: Readonly<Record<string, string>> = {
  'aerolith import shops shops.csv --id code --types zip:string,price:decimal,opened:date': 'aerolith collection drop shops',
  'aerolith collection create people': 'aerolith collection drop people',
};

/** A part of the cities is enough here. */
const SHORTER: Readonly<Record<string, string>> = { 'aerolith sample load cities': 'aerolith sample load cities --limit 2000' };

let node: CliNode;
before(async () => {
  node = await CliNode.start();
  const bin = join(node.folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'aerolith'), `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  await chmod(join(bin, 'aerolith'), 0o755);
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(node.folder, name), text);
});
after(async () => {
  await node.stop();
  await node.removeFolder();
});

function shell(command: string): Promise<{ code: number; stderr: string }> {
  const env = { ...process.env, ...node.env, PATH: `${join(node.folder, 'bin')}${delimiter}${process.env.PATH ?? ''}` };
  return new Promise((resolve) => {
    const child = execFile('sh', ['-c', command], { cwd: node.folder, env }, (error, _stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, stderr }),
    );
    child.stdin?.end();
  });
}

async function commandsOf(page: string): Promise<string[]> {
  const text = await readFile(new URL(`../../../../docs/guide/${page}`, import.meta.url), 'utf8');
  const fences = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map((match) => match[1] ?? '');
  return fences.flatMap((fence) => fence.split('\n').filter((line) => line.startsWith('aerolith ')));
}

for (const [page, fewest] of [
  ['import-and-export.md', 7],
  ['command-line.md', 12],
  ['shell.md', 5],
] as const) {
  test(`${page}: its commands run as they are written`, { skip: process.platform === 'win32' }, async () => {
    const commands = (await commandsOf(page)).filter((command) => !LEFT_OUT.test(command));
    assert.ok(commands.length >= fewest, `${commands.length} commands were found`);
    for (const command of commands) {
      if (BEFORE[command]) await shell(BEFORE[command]);
      const { code, stderr } = await shell(SHORTER[command] ?? command);
      assert.equal(code, FAILING[command] ?? 0, `${command}: ${stderr}`);
    }
  });
}
