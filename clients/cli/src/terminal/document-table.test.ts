import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseValue } from '@aerolithdb/protocol';
import { cellText } from './cell.ts';
import { documentFields, documentTable } from './document-table.ts';
import type { Terminal } from './terminal.ts';

function terminal(columns: number): Terminal {
  return {
    outIsTty: true,
    errIsTty: true,
    columns,
    out: async () => undefined,
    err: () => undefined,
    style: (_style, text) => text,
  };
}

const DOCUMENTS = [
  '{"_id":1,"name":"Reykjavík","population":118918,"at":{"$date":"2020-01-01T00:00:00Z"}}',
  '{"_id":20,"name":"日本","tags":["a",{"b":1.0}]}',
];

test('a table has a column for each field, numbers at the right', () => {
  assert.equal(
    documentTable(terminal(80), DOCUMENTS, false),
    [
      '_id  name       population  at          tags',
      '  1  Reykjavík      118918  2020-01-01',
      ' 20  日本                               ["a", {b: 1.0}]',
      '',
    ].join('\n'),
  );
});

test('a narrow terminal cuts cells, then leaves out columns and says which', () => {
  const text = documentTable(
    terminal(30),
    ['{"_id":1,"text":"a long text that is cut","more":"and this one is left out"}'],
    false,
  );
  assert.equal(text, ['_id  text         more', '  1  a long tex…  and this on…', ''].join('\n'));
  const narrow = documentTable(
    terminal(20),
    ['{"_id":1,"text":"a long text that is cut","more":"and this one is left out"}'],
    false,
  );
  assert.match(narrow, /^_id {2}text\n {2}1 {2}a long text th…\nFields that did not fit: more\. /);
});

test('--wide cuts nothing', () => {
  const text = documentTable(terminal(20), [`{"_id":1,"text":"${'long '.repeat(30)}"}`], true);
  assert.match(text, / {2}1 {2}(long ){29}long/);
});

test('one document stands as a list of fields', () => {
  assert.equal(documentFields(terminal(80), '{"_id":1,"name":"Bo"}'), '_id   1\nname  Bo\n');
});

const CELLS: readonly (readonly [json: string, cell: string])[] = [
  ['"a\\nb\\u001b[31m\\u202e"', 'a\\nb\\u001b[31m\\u202e'],
  ['{"$oid":"5f2a1b3c4d5e6f7a8b9c0d1e"}', '5f2a1b3c4d5e6f7a8b9c0d1e'],
  ['{"$date":"2020-01-01T10:00:00.5Z"}', '2020-01-01T10:00:00.500Z'],
  ['{"$numberDecimal":"1.50"}', '1.50'],
  ['{"$binary":{"base64":"AQID","subType":"00"}}', '<3 bytes>'],
  ['{"a":"x","b":[1,null,true]}', '{a: "x", b: [1, null, true]}'],
  ['5000000000', '5000000000'],
];

for (const [json, cell] of CELLS) test(`${json} is shown as ${cell}`, () => assert.equal(cellText(parseValue(json)), cell));
