import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equalValues, ObjectId, parseValue, toStored, type Value } from '@aerolithdb/protocol';
import { idFromSegment, segmentFromId } from './document-id.ts';

/** Segment, and the stored text of the id it names. */
const RULES: readonly (readonly [segment: string, stored: string])[] = [
  ['paris', '"paris"'],
  ['5', '5'],
  ['-5', '-5'],
  ['1.0', '1.0'],
  ['1e3', '1000.0'],
  ['5000000000', '5000000000'],
  ['"5"', '"5"'],
  ['""', '""'],
  ['"a\\nb"', '"a\\nb"'],
  ['{"$oid":"65a1b2c3d4e5f60718293a4b"}', '{"$oid":"65a1b2c3d4e5f60718293a4b"}'],
  ['{"a":1}', '{"a":1}'],
  ['true', 'true'],
  ['false', 'false'],
  ['null', 'null'],
  ['"null"', '"null"'],
  ['True', '"True"'],
  ['nullable', '"nullable"'],
  ['007', '"007"'],
  ['5a', '"5a"'],
  ['-', '"-"'],
  ['"', '"\\""'],
  ['{', '"{"'],
  ['{a', '"{a"'],
  ['[1]', '"[1]"'],
];

for (const [segment, stored] of RULES) {
  test(`the segment ${segment} names ${stored}`, () => assert.equal(toStored(idFromSegment(segment)), stored));
}

test('an object, quoted string or number that is malformed is refused, not taken as text', () => {
  for (const segment of ['{a}', '{"$oid":"x"}', '"\\q"', '1e400'])
    assert.throws(() => idFromSegment(segment), { name: 'AerolithError' });
  assert.throws(() => idFromSegment(''), { code: 'invalid_id' });
});

test('every id leads back to itself', () => {
  const ids: Value[] = [
    'paris',
    'true',
    true,
    false,
    null,
    '5',
    '',
    '{"a":1}',
    '"x"',
    '{',
    'a/b',
    5,
    1.5,
    5_000_000_000n,
    new ObjectId('65a1b2c3d4e5f60718293a4b'),
    parseValue('{"a":{"$date":0}}'),
  ];
  for (const id of ids) assert.ok(equalValues(idFromSegment(segmentFromId(id)), id), segmentFromId(id));
});
