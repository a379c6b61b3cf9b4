import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CsvType, cellJson, inferType, parseTypes } from './csv-types.ts';

const INFERRED: readonly (readonly [cells: readonly string[], type: CsvType])[] = [
  [['1', '-20', ''], 'int'],
  [['9223372036854775807'], 'int'],
  [['9223372036854775808'], 'string'],
  [['1', '2.5'], 'double'],
  [['9007199254740993', '2.5'], 'string'],
  [['1e3', '-0.5'], 'double'],
  [['0.5', '0.1234567890123456789'], 'string'],
  [['37.774929523412297', '0.10000000000000001'], 'double'],
  [['00501', '10001'], 'string'],
  [['+1'], 'string'],
  [['1e400'], 'string'],
  [['true', 'FALSE'], 'bool'],
  [['true', '1'], 'string'],
  [['2020-01-31', '2021-12-01'], 'date'],
  [['2020-01-31', '2021-12-01T10:00:00Z', '2021-12-01 10:00'], 'date'],
  [['2020-02-31'], 'string'],
  [['', ''], 'string'],
  [['a'], 'string'],
];

for (const [cells, type] of INFERRED) {
  test(`${JSON.stringify(cells)} is of type ${type}`, () => assert.equal(inferType(cells), type));
}

const CONVERTED: readonly (readonly [type: CsvType, cell: string, json: string | undefined])[] = [
  ['string', 'say "hi"', '"say \\"hi\\""'],
  ['int', '5', '5'],
  ['int', '5.5', undefined],
  ['double', '5', '5.0'],
  ['double', '1e3', '1e3'],
  ['double', '12345678901234567890.5', undefined],
  ['decimal', '1.50', '{"$numberDecimal":"1.50"}'],
  ['decimal', 'x', undefined],
  ['bool', 'TRUE', 'true'],
  ['date', '2020-01-31', '{"$date":"2020-01-31T00:00:00Z"}'],
  ['date', '2020-01-31 10:30+0200', '{"$date":"2020-01-31T10:30:00+02:00"}'],
  ['date', '31.1.2020', undefined],
  ['objectId', '5F2A1B3C4D5E6F7A8B9C0D1E', '{"$oid":"5f2a1b3c4d5e6f7a8b9c0d1e"}'],
  ['json', '{"a":[1]}', '{"a":[1]}'],
  ['json', '{a}', undefined],
];

for (const [type, cell, json] of CONVERTED) {
  test(`"${cell}" as ${type} is ${json ?? 'refused'}`, () => assert.equal(cellJson(type, cell), json));
}

test('--types names columns and types, and refuses other types', () => {
  assert.deepEqual(
    [...parseTypes('zip:string, a:b:int')],
    [
      ['zip', 'string'],
      ['a:b', 'int'],
    ],
  );
  assert.throws(() => parseTypes('zip:text'), /--types takes COLUMN:TYPE/);
});
