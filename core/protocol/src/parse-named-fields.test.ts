import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDocument } from './parse-json.ts';
import { parseNamedFields } from './parse-named-fields.ts';

const NAMES = ['a', 'b', 'é"', '\\', 'a.b', ''];

test('named fields are those of the whole document', () => {
  const field = fc.constantFrom(...NAMES);
  const objects = fc.dictionary(field, fc.jsonValue({ maxDepth: 3 }).filter(isPlain));
  fc.assert(
    fc.property(objects, fc.uniqueArray(field), fc.constantFrom(undefined, 1), (object, names, indent) => {
      const text = JSON.stringify(object, undefined, indent);
      const whole = parseDocument(text);
      const wanted = new Map([...whole].filter(([name]) => names.includes(name)));
      assert.deepEqual(parseNamedFields(text, new Set(names)), wanted);
    }),
  );
});

/** What the strict parser takes: no `-0`, no type wrappers, no `__proto__`, no lone surrogates. */
function isPlain(value: unknown): boolean {
  try {
    parseDocument(JSON.stringify({ value }));
    return true;
  } catch {
    return false;
  }
}
