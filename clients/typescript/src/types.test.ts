import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compile } from './testing/compile.ts';
import { largeFixture } from './testing/large-fixture.ts';

/** Time is not asserted, the work is. A new compiler may count otherwise: then look at the time before the bound is moved. */
const INSTANTIATIONS_MAX = 135_000;

const typedUse = readFileSync(new URL('testing/typed-use.ts', import.meta.url), 'utf8');

test('what is right compiles, what is wrong does not', () => {
  assert.deepEqual(compile(typedUse).errors, []);
});

test('each mistake is found where it stands, so the test above can fail', () => {
  const lines = typedUse.split('\n');
  const expected = lines.flatMap((line, index) => (line.trim().startsWith('// @ts-expect-error') ? [index + 2] : []));
  const { errors } = compile(typedUse.replaceAll('// @ts-expect-error', '// at ease: '));
  assert.ok(expected.length >= 35, `${expected.length} mistakes`);
  for (const line of expected) {
    assert.ok(
      errors.some((error) => error.line >= line && error.line <= line + 1),
      `line ${line} compiles: ${lines[line - 1]}`,
    );
  }
});

test('500 lines with a type of 30 fields at three levels compile', (context) => {
  const text = largeFixture();
  const { errors, ms, instantiations } = compile(text);
  context.diagnostic(`${text.split('\n').length} lines checked in ${Math.round(ms)} ms, ${instantiations} instantiations`);
  assert.ok(instantiations < INSTANTIATIONS_MAX, `${instantiations} instantiations`);
  assert.deepEqual(errors, []);
  assert.ok(text.split('\n').length >= 500);
  const wrong = compile(text.replace("'field5.field17.field0': 'y'", "'field5.field17.field30': 'y'"));
  assert.equal(wrong.errors.length, 1);
});
