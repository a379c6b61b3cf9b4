import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as protocol from './index.ts';

/** Lines of an `@example`: an expression, and after `//` the value that it has. */
const LINE = /^ \* (?<expression>[^*@\s].*); \/\/ (?<value>.+)$/gm;

function examplesOf(source: string): { expression: string; value: string }[] {
  const blocks = source.match(/@example\n( \* .*\n)+/g) ?? [];
  return blocks.flatMap((block) =>
    [...block.matchAll(LINE)].map((match) => ({ expression: match.groups!.expression!, value: match.groups!.value! })),
  );
}

function evaluate(expression: string): unknown {
  return new Function(...Object.keys(protocol), `return ${expression};`)(...Object.values(protocol));
}

test('every example of the documentation has the value that it says', (t) => {
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  let checked = 0;
  for (const file of files) {
    for (const { expression, value } of examplesOf(readFileSync(new URL(file, folder), 'utf8'))) {
      assert.deepStrictEqual(evaluate(expression), evaluate(value), `${file}: ${expression}`);
      checked++;
    }
  }
  t.diagnostic(`${checked} examples`);
  assert.ok(checked >= 18, `only ${checked} examples were found`);
});
