import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertSame } from './answers.ts';

test('answers are the same whatever the order of fields, and of rows where none was asked for', () => {
  assertSame('fields', [{ a: 1, b: 2 }], [{ b: 2, a: 1 }], true);
  assertSame('rows', [{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1 }], false);
  assert.throws(() => assertSame('rows', [{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1 }], true), /rows: the sides answer differently/);
});

test('figures may differ past the ninth digit, and no sooner', () => {
  assertSame('mean', [1 / 3], [0.333333333333333], true);
  assert.throws(() => assertSame('mean', [1 / 3], [0.3333333], true));
});

test('a row too many or too few is a difference', () => {
  assert.throws(() => assertSame('count', [{ a: 1 }], [], false));
  assert.throws(() => assertSame('count', [{ a: 1 }], [{ a: 1 }, { a: 1 }], false));
});
