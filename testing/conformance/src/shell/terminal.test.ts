import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RestNode } from '../rest/rest-node.ts';
import { hasTmux, TerminalScreen } from './terminal-screen.ts';

const MAIN = fileURLToPath(new URL('../../../../clients/cli/src/main.ts', import.meta.url));

const options = { skip: hasTmux() ? false : 'there is no tmux here, and a shell is looked at in a terminal', timeout: 300_000 };

/** Documents, and an expression on each of them, that take a server many seconds. */
const DOCUMENTS = 4_000;
const SLOW = 'db.cities.count({$expr: {$size: {$filter: {input: {$range: [0, 900000]}, cond: {$lt: ["$$this", 0]}}}}})';

const YELLOW = '\u001b[33m';
const CYAN = '\u001b[36m';

/** What a person needs to see that it takes long. */
const BEFORE_CTRL_C_MS = 500;

let node: RestNode;
let config: string;

before(async () => {
  if (options.skip !== false) return;
  config = mkdtempSync(join(tmpdir(), 'aerolith-shell-'));
  node = await RestNode.start();
  const cities = Array.from({ length: DOCUMENTS }, (_, i) => ({
    _id: i,
    name: `city ${'ae'.repeat(20)} ${i}`,
    population: i * 1000,
    at: { lat: 1.5 },
  }));
  await node.fill('cities', cities);
});

after(async () => {
  if (options.skip !== false) return;
  await node[Symbol.asyncDispose]();
  rmSync(config, { recursive: true });
});

function openShell(more: Readonly<Record<string, string>> = {}): Promise<TerminalScreen> {
  const env = { AEROLITH_URL: node.server.url, AEROLITH_TOKEN: node.token, XDG_CONFIG_HOME: config, NO_COLOR: '', ...more };
  return TerminalScreen.open(`'${process.execPath}' '${MAIN}' shell; echo "left with $?"`, env);
}

test('a query is typed with Tab, shown as a table a page at a time, and explained', options, async () => {
  await using screen = await openShell();
  await screen.shows(/1 collection, 4,000 documents, height \d+\.\n.*\naerolith>/);
  await screen.type('db.ci');
  await screen.press('Tab');
  await screen.shows(/> db\.cities$/m);
  await screen.type('.find({popu');
  await screen.press('Tab');
  await screen.shows(/find\(\{population$/m);
  await screen.type(': {$gt');
  await screen.pressUntil('Tab', /^\$gt +\$gte$/m);
  await screen.type('e: 3000000}}).so');
  await screen.press('Tab');
  await screen.shows(/\.sort$/m);
  await screen.enter('({population: -1}).project({population: 1})');
  const table = await screen.shows('20 documents; there are more: type it.');
  assert.match(table, /^ _id {2}population\n3999 {5}3999000\n3998 {5}3998000$/m);
  assert.ok((await screen.text(true)).includes(YELLOW));
  await screen.enter('it');
  await screen.shows(/^3979 {5}3979000$/m);
  await screen.enter('.explain db.cities.find({population: 5})');
  await screen.shows(/^access +scan$/m);
  await screen.enter('.profile');
  await screen.shows(/^query +find cities .*[\s\S]*^time +[\d.]+ ms[\s\S]*^rows read +4,?000\b/m);
});

test('Ctrl-C stops a long query, a loop and a watch, not the shell', options, async () => {
  await using screen = await openShell();
  await screen.shows(/^aerolith>/m);
  await screen.enter(SLOW);
  await delay(BEFORE_CTRL_C_MS);
  await screen.press('C-c');
  await screen.shows(/^Stopped\.\naerolith>$/m);
  await screen.enter('6 * 7');
  await screen.shows(/^42$/m);
  for (const endless of ['for (;;) {}', 'for (;;) db.cities.count()']) {
    await screen.clear();
    await screen.enter(endless);
    await delay(BEFORE_CTRL_C_MS);
    await screen.press('C-c');
    await screen.shows(/^Stopped\.\naerolith>$/m);
  }
  await screen.enter('.watch cities');
  await screen.shows('Ctrl-C ends.');
  await node.post('/v1/collections/cities/documents', { _id: 'new', name: 'Ur' });
  await screen.shows(/insert {3}cities {2}new/);
  await screen.press('C-c');
  await screen.shows(/^(1 change seen|Stopped)\.\naerolith>$/m);
  await screen.press('C-c');
  await screen.shows('press Ctrl+C again');
  await screen.press('C-c');
  await screen.shows('left with 0');
});

test('several lines, variables, errors, modes; history in the next session without secrets', options, async () => {
  {
    await using screen = await openShell({ NO_COLOR: '1' });
    await screen.shows(/^aerolith>/m);
    await screen.enter('function twice(n) {');
    await screen.enter('return n * 2');
    await screen.enter('}');
    await screen.enter('const n = db.cities.count({_id: {$lt: 21}})');
    await screen.enter('twice(n)');
    await screen.shows(/^42$/m);
    await screen.enter('db.cities.fnd()');
    await screen.shows('error[TypeError]: A collection has no method fnd; did you mean find?');
    await screen.enter('.shcema cities');
    await screen.shows('did you mean .schema?');
    await screen.enter('.schema cities');
    await screen.shows(/^at\.lat +100 % {2}double$/m);
    await screen.clear();
    await screen.enter('.mode json');
    await screen.enter('db.cities.findOne({_id: 3}, {projection: {at: 1}})');
    await screen.shows('{  "_id": 3,  "at": {    "lat": 1.5  }}');
    assert.ok(!(await screen.text(true)).includes(YELLOW));
    await screen.enter("const password = 'hidden'");
    await screen.press('C-d');
    await screen.shows('left with 0');
  }
  const path = join(config, 'aerolith', 'shell-history');
  assert.equal(statSync(path).mode & 0o777, 0o600);
  const kept = readFileSync(path, 'utf8');
  assert.match(kept, /\.schema cities/);
  assert.doesNotMatch(kept, /hidden/);
  await using screen = await openShell();
  await screen.shows(/^aerolith>/m);
  await screen.press('Up');
  await screen.press('Up');
  await screen.shows(/> db\.cities\.findOne\(\{_id: 3\}/);
});

test('what is typed has colours, also after an edit in its middle, and runs as it was typed', options, async () => {
  await using screen = await openShell();
  await screen.shows(/^aerolith>/m);
  await screen.type('const m = 4');
  assert.ok((await screen.text(true)).includes(`${CYAN}const`));
  assert.ok((await screen.text(true)).includes(`${YELLOW}4`));
  await screen.press('Left');
  await screen.type('3');
  await screen.press('Enter');
  await screen.enter('m + 1');
  await screen.shows(/^35$/m);
});

test('what is longer than the terminal goes to the pager, which has the keys until it is left', options, async () => {
  const pager = 'tail -n 1; echo \'read all\'; read key < /dev/tty; echo "key $key"';
  await using screen = await openShell({ AEROLITH_PAGER: pager });
  await screen.shows(/^aerolith>/m);
  await screen.enter("'line\\n'.repeat(60) + 'last'");
  await screen.shows(/^last\nread all$/m);
  await screen.enter('mine');
  await screen.shows(/^key mine\naerolith>$/m);
  await screen.enter('6 * 7');
  await screen.shows(/^42\naerolith>$/m);
  await screen.enter('.pager off');
  await screen.enter("'line\\n'.repeat(60) + 'end'");
  await screen.shows(/^line\nend\naerolith>$/m);
});

test('words of other shells are answered', options, async () => {
  await using screen = await openShell();
  await screen.shows(/^aerolith>/m);
  await screen.enter('show dbs');
  await screen.shows('A server has one database, db;');
  await screen.enter('.');
  await screen.shows('Write the name of a command after the dot');
  await screen.enter('exit');
  await screen.shows('left with 0');
});

test('where nothing answers, it says what to do and leaves', options, async () => {
  await using screen = await openShell({ AEROLITH_URL: 'http://127.0.0.1:9' });
  const text = await screen.shows('left with 3');
  assert.match(text, /^error\[unreachable\]: No server answers at http:\/\/127\.0\.0\.1:9[\s\S]*aerolith start/);
});
