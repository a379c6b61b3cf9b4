import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Evaluator } from './evaluator.ts';
import { CodeError } from './parse.ts';
import { rewrite } from './rewrite.ts';

const later = <T>(value: T) => new Promise<T>((resolve) => setImmediate(resolve, value));

/** What the client gives: promises, cursors (which are no promises), and things that hold both. */
function scope() {
  const cursor = { limit: () => cursor, count: () => later(3), [Symbol.asyncIterator]: () => [10, 20, 30].values() };
  return { cities: { count: () => later(7), find: () => cursor, one: () => later({ name: 'Oslo', at: [1, 2] }) }, later };
}

const signal = new AbortController().signal;

async function values(...inputs: string[]): Promise<unknown[]> {
  const evaluator = new Evaluator(scope());
  const results: unknown[] = [];
  for (const input of inputs) results.push(await evaluator.run(input, { signal }));
  return results;
}

const CASES: Readonly<Record<string, readonly [inputs: readonly string[], last: unknown]>> = {
  'a statement': [['cities.count()'], 7],
  'await as well': [['await cities.count()'], 7],
  'inside an expression': [['cities.count() + cities.find().limit(2).count() * 2'], 13],
  'an argument, a template, a condition': [
    [`\`\${Math.max(cities.count(), 1)}\` + (cities.count() > 3 ? "many" : "few")`],
    '7many',
  ],
  'a declaration, kept for the next input': [['const n = cities.count()', 'n + 1'], 8],
  'a declaration made anew': [['const n = 1', 'const n = 2; let m = n', 'n + m'], 4],
  patterns: [['const { name, at: [x, ...rest], none = 4 } = cities.one()', '[name, x, rest, none].join()'], 'Oslo,1,2,4'],
  'no semicolons': [['let a = 1\ncities.count()\n;[a, 2].length\nlet b = a\nb'], 1],
  'a chain of lines': [['cities\n  .find()\n  .limit(2)\n  .count()'], 3],
  'a member of a result': [['cities.one().name'], 'Oslo'],
  'a chain that may end is awaited as a whole': [
    ['[undefined?.count().more, cities?.count(), cities.one?.().name].join()'],
    ',7,',
  ],
  'then and catch are left alone': [['cities.count().then((n) => n * 2).catch(() => 0)'], 14],
  'a loop goes through a cursor': [['let sum = 0; for (const n of cities.find()) sum += n\nsum'], 60],
  'loops of every kind': [
    [
      'var s = 0; for (var i = 0; i < 3; i++) { s += cities.count() } do s++; while (s < 24); for (var k in [1]) s += k; s + "," + i',
    ],
    '240,3',
  ],
  'an object is no block': [['{ n: cities.count() }.n', '({ n: cities.count() })'], { n: 7 }],
  'a block is no object': [['{ let inner = cities.count(); n = inner }', 'n'], 7],
  'functions are called before they stand, and live on': [['twice(2)\nfunction twice(n) { return n * 2 }', 'twice(4)'], 8],
  'inside a function nothing is awaited': [['const f = () => cities.count() instanceof Promise', 'f()'], true],
  'an async function is awaited where it is called': [['async function f() { return (await cities.count()) + 1 }', 'f()'], 8],
  classes: [['class A { static n = 5; get m() { return 6 } }', 'A.n + new A().m'], 11],
  'a promise in a variable': [['const p = [later(5)][0]', 'p'], 5],
  'a name that is not declared': [['fresh = cities.count()', 'fresh'], 7],
  'names that the program needs are free': [['const URL = 1, process = 2, fetch = 3', 'URL + process + fetch'], 6],
  'other modules': [['const { join } = await import("node:path")', 'join("a", "b")'], 'a/b'],
  'dates and expressions are of this realm': [['[new Date(0) , /a/]'], [new Date(0), /a/]],
};

for (const [name, [inputs, last]] of Object.entries(CASES)) {
  test(`evaluate: ${name}`, async () => {
    assert.deepEqual((await values(...inputs)).at(-1), last);
  });
}

test('what the user declares is not in the global object', async () => {
  await values('const URL = 1; leaked = 2');
  assert.equal(typeof URL, 'function');
  assert.equal('leaked' in globalThis, false);
});

test('a signal ends code that waits, loops or calls', { timeout: 20_000 }, async () => {
  for (const code of ['await new Promise(() => {})', 'for (;;) cities.count()', 'while (true) await 1', 'for (;;) {}']) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('stopped')), 100);
    const run = new Evaluator(scope()).run(code, { signal: controller.signal });
    await assert.rejects(run, /stopped/, code);
  }
});

test('lines keep their numbers', async () => {
  const error = await values('const a = 1\nlet b = 2\n\nnull.x').catch((thrown: unknown) => thrown);
  assert.ok(error instanceof TypeError);
  assert.match(error.stack ?? '', /input:4/);
});

for (const [code, incomplete] of [
  ['db.find({', true],
  ['function f() {', true],
  ['`a', true],
  ['/* a', true],
  ['[1, 2', true],
  ['const x = ;', false],
  ['db..x', false],
  ["'abc", false],
  ['a b', false],
  ['import x from "y"', false],
] as const) {
  test(`${code} is ${incomplete ? 'to be continued' : 'wrong'}`, () => {
    assert.throws(
      () => rewrite(code),
      (error) => error instanceof CodeError && error.incomplete === incomplete,
    );
  });
}
