import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonValueSplitter } from './json-value-splitter.ts';

/** All values of the text, cut into pieces of `size` characters. */
function split(text: string, size: number): string[] {
  const splitter = new JsonValueSplitter();
  const records = [];
  for (let at = 0; at < text.length; at += size) records.push(...splitter.push(text.slice(at, at + size)));
  records.push(...splitter.end());
  return records.map((record) => `${record.line} ${record.text}${record.problem === undefined ? '' : ' !'}`);
}

const TABLE: readonly (readonly [name: string, text: string, records: readonly string[]])[] = [
  ['an array', '[{"a":1},{"a":[2,{"b":"]}"}]}]', ['1 {"a":1}', '1 {"a":[2,{"b":"]}"}]}']],
  ['an array over lines', '[\n {"a":1},\n {\n"a":2}\n]\n', ['2 {"a":1}', '3 {\n"a":2}']],
  ['values one after the other', '{"a":1}\n{"a":2}{"a":3}', ['1 {"a":1}', '2 {"a":2}', '2 {"a":3}']],
  ['an escaped quote', '[{"a":"\\"}"},{"b":"\\\\"}]', ['1 {"a":"\\"}"}', '1 {"b":"\\\\"}']],
  ['bare values', '[1, "x y", null]', ['1 1', '1 "x y"', '1 null']],
  ['a bare value at the end', '1', ['1 1']],
  ['an empty array', ' [ ] ', []],
  ['an open array', '[{"a":1}\n', ['1 {"a":1}', '2  !']],
  ['an open value', '[{"a":1},\n{"a":', ['1 {"a":1}', '2 {"a": !']],
  ['an open string', '{"a":"}', ['1 {"a":"} !']],
  ['what follows an array', '[{}] x', ['1 {}', '1 x']],
];

for (const [name, text, records] of TABLE) {
  test(name, () => {
    for (const size of [1, 2, 3, 7, 1000]) assert.deepEqual(split(text, size), records, `in pieces of ${size}`);
  });
}
