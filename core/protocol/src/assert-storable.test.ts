import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertStorable } from './assert-storable.ts';
import { LIMITS } from './limits.ts';
import { parseDocument } from './parse-json.ts';
import { toStored } from './stored-form.ts';
import { arbitraryDocument } from './testing/arbitrary-value.ts';
import { checkProperty } from './testing/check-property.ts';
import { hasCode } from './testing/has-code.ts';
import { DateTime, Decimal128, MaxKey, MinKey, type Value } from './value.ts';

const FILE = 'core/protocol/src/assert-storable.test.ts';

test('field names that would be read as something else are refused', () => {
  for (const text of ['{"$a":1}', '{"$ref":1}', '{"$a.b":1}']) {
    assert.throws(() => assertStorable(parseDocument(text)), hasCode('invalid_field_name'), text);
  }
  for (const name of ['__proto__', 'a\0', '\ud800']) {
    assert.throws(
      () => assertStorable(new Map([['a', new Map([[name, 1]])]])),
      hasCode('invalid_field_name'),
      JSON.stringify(name),
    );
  }
  for (const text of [
    '{}',
    '{"":1}',
    '{"a.b":1}',
    '{"a":{"b.c":1}}',
    '{"a":[{".":1}]}',
    '{"a":{"$ref":"c","$id":1}}',
    '{"a$":1}',
    '{"_id":[1]}',
  ])
    assertStorable(parseDocument(text));
});

test('no document may have the shape of a type wrapper, for it would read back as that type', () => {
  for (const name of ['$oid', '$date', '$numberLong', '$numberDecimal', '$binary', '$uuid', '$minKey', '$code', '$undefined']) {
    assert.throws(
      () => assertStorable(new Map([['a', new Map([[name, '0123456789abcdef01234567']])]])),
      hasCode('invalid_field_name'),
      name,
    );
  }
});

test('values that have no stored form are refused at any depth', () => {
  const bad: readonly Value[] = [
    new MinKey(),
    new MaxKey(),
    2n ** 63n,
    -(2n ** 63n) - 1n,
    '\ud800',
    new DateTime(8.64e15 + 1),
    new DateTime(0.5),
    new DateTime(Number.NaN),
    new Decimal128('05'),
    new Decimal128('abc'),
  ];
  for (const value of bad) {
    assert.throws(() => assertStorable(new Map([['a', value]])), hasCode('invalid_value'));
    assert.throws(() => assertStorable(new Map<string, Value>([['a', [new Map([['b', value]])]]])), hasCode('invalid_value'));
  }
});

test('the depth that may be stored is the depth that parses', () => {
  const nested = (levels: number): Value => (levels === 0 ? 1 : [nested(levels - 1)]);
  const deepest = new Map([['a', nested(LIMITS.depth - 1)]]);
  assertStorable(deepest);
  assert.deepEqual(parseDocument(toStored(deepest)), deepest);
  assert.throws(() => assertStorable(new Map([['a', nested(LIMITS.depth)]])), hasCode('too_deep'));
});

test('what may be stored reads back', (t) => {
  const property = fc.property(arbitraryDocument, (document) => {
    try {
      assertStorable(document);
    } catch (error) {
      assert.ok(hasCode('invalid_field_name')(error));
      return;
    }
    assert.deepStrictEqual(parseDocument(toStored(document)), document);
  });
  checkProperty(t, FILE, property, 1_000);
});
