import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedWord } from './typed-word.ts';

test('words of other shells are known, but where they are names of the user', () => {
  const typed = ['it', ' it ;\n', 'show tables', 'show dbs', 'use test', 'help', '?', 'quit\n', 'exit()', 'items', 'db.it'];
  assert.deepEqual(
    typed.map((text) => typedWord(text, () => false)),
    ['it', 'it', 'collections', 'databases', 'databases', 'help', 'help', 'exit', undefined, undefined, undefined],
  );
  assert.equal(
    typedWord('it', (name) => name === 'it'),
    undefined,
  );
});
