import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AerolithError } from './aerolith-error.ts';
import { LIMITS } from './limits.ts';
import { parseDocument, parseValue } from './parse-json.ts';
import { toPlain } from './plain.ts';
import { arbitraryText } from './testing/arbitrary-value.ts';
import { checkProperty } from './testing/check-property.ts';
import { hasCode } from './testing/has-code.ts';
import { DateTime, Double, ObjectId } from './value.ts';

const FILE = 'core/protocol/src/parse-json.test.ts';

/** What JSON.parse makes of a text; undefined when it refuses it. */
function reference(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    assert.ok(error instanceof SyntaxError);
    return undefined;
  }
}

/** The value of a text as plain JavaScript, or the code of the error. */
function outcome(text: string): { readonly value: unknown } | string {
  try {
    return { value: toPlain(parseValue(text)) };
  } catch (error) {
    assert.ok(error instanceof AerolithError, String(error));
    return error.code;
  }
}

/** Values of JSON.parse with the numbers beyond 2^53 that it rounds left out of the comparison. */
function sameAsReference(text: string): void {
  const ours = outcome(text);
  const theirs = reference(text);
  if (ours === 'invalid_json') assert.equal(theirs, undefined, 'JSON.parse takes it');
  else if (typeof ours !== 'string') assert.deepEqual(ours, theirs);
  else assert.ok(['duplicate_key', 'invalid_field_name', 'invalid_value', 'too_deep'].includes(ours));
}

const jsonText = fc.json({ maxDepth: 4, stringUnit: 'grapheme' }).filter((text) => !text.includes('"$') && !/\d{16}/.test(text));

test('takes what JSON.parse takes, with the same value', (t) => {
  checkProperty(t, FILE, fc.property(jsonText, sameAsReference), 3_000);
});

test('refuses what JSON.parse refuses: texts with one character changed', (t) => {
  const characters = fc.constantFrom(...'{}[]",:\\ \n\t\u0001-+.eE019tfnu/\u00a0\ufeff', '');
  const property = fc.property(jsonText, fc.nat(), characters, fc.nat({ max: 1 }), (text, at, character, removed) => {
    const place = at % (text.length + 1);
    sameAsReference((text.slice(0, place) + character + text.slice(place + removed)).replace(/\d{16,}/g, '7'));
  });
  checkProperty(t, FILE, property, 20_000);
});

test('strings come through whole, raw or escaped', (t) => {
  const escaped = (text: string): string =>
    Array.from({ length: text.length }, (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  const property = fc.property(arbitraryText, (text) => {
    assert.equal(parseValue(JSON.stringify(text)), text);
    assert.equal(parseValue(`"${escaped(text)}"`), text);
  });
  checkProperty(t, FILE, property, 3_000);
});

test('numbers get their type from how they are written', () => {
  for (const [text, value] of [
    ['0', 0],
    ['-0', -0],
    ['-0.0', -0],
    ['-0e5', -0],
    ['2147483647', 2147483647],
    ['2147483648', 2147483648n],
    ['-2147483648', -2147483648],
    ['-2147483649', -2147483649n],
    ['999999999999999', 999999999999999n],
    ['9007199254740993', 9007199254740993n],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
    ['1.0', new Double(1)],
    ['1e2', new Double(100)],
    ['1E+2', new Double(100)],
    ['0.1', 0.1],
    ['5e-324', 5e-324],
    ['0e-999', new Double(0)],
    ['0.000e999', new Double(0)],
    ['0.1000000000000000055511151231257827021181583404541015625', 0.1],
    ['1.10', 1.1],
    ['0.10000000000000001', 0.1],
    ['12345678901234567168.0', 12345678901234567000],
  ] as const) {
    assert.deepStrictEqual(parseValue(text), value, text);
  }
});

test('numbers that would change are refused', () => {
  for (const text of [
    '1e400',
    '-1e400',
    '1e-400',
    '3e-324',
    '0.1234567890123456789',
    '12345678901234567890.5',
    '0.12345678901234567',
    '9007199254740993.0',
    '{"$numberDouble":"9007199254740993"}',
    `1.${'1'.repeat(200)}`,
    '0.0001e-330',
    '9223372036854775808',
    '-9223372036854775809',
    `1${'0'.repeat(500)}`,
  ]) {
    assert.throws(() => parseValue(text), hasCode('invalid_value'), text);
  }
});

test('half surrogate pairs are refused, raw and escaped', () => {
  for (const text of [
    '"\ud800"',
    '"\udc00"',
    '"\ud800\ud800"',
    '"\ud800',
    '"a\\n\udc00"',
    String.raw`"\ud800"`,
    String.raw`"\udc00"`,
  ]) {
    assert.throws(() => parseValue(text), hasCode('invalid_value', /surrogate/), JSON.stringify(text));
  }
  for (const text of [
    String.raw`"\ud800\u0041"`,
    String.raw`"\ud800\n"`,
    String.raw`"\udc00\udc00"`,
    '"\ud83d\\ude00"',
    '{"\ud800":1}',
  ]) {
    assert.throws(() => parseValue(text), hasCode('invalid_value', /surrogate/), JSON.stringify(text));
  }
  assert.equal(parseValue(String.raw`"\ud83d\uDE00"`), '😀');
});

test('field names: twice, __proto__ and U+0000 are refused however they are written', () => {
  assert.throws(() => parseValue('{"a":1,"b":2,"a":1}'), hasCode('duplicate_key', /"a" twice \(line 1, column 14\)/));
  assert.throws(() => parseValue('{"a":{"é":1,"\\u00e9":2}}'), hasCode('duplicate_key'));
  assert.throws(() => parseValue('{"__proto__":1}'), hasCode('invalid_field_name'));
  assert.throws(() => parseValue(String.raw`{"\u005f_proto\u005f_":1}`), hasCode('invalid_field_name'));
  assert.throws(() => parseValue(String.raw`{"a\u0000":1}`), hasCode('invalid_field_name'));
  assert.throws(() => parseValue(String.raw`{"$a\u0000":1}`), hasCode('invalid_field_name'));
  assert.equal(parseValue(String.raw`"\u0000"`), '\0');
  assert.deepEqual([...parseDocument('{"b":1,"10":2,"":3,"9":4,"__proto":5}').keys()], ['b', '10', '', '9', '__proto']);
});

test('errors of syntax say where', () => {
  for (const [text, where] of [
    ['', /found the end of the text \(line 1, column 1\)/],
    ['{"a":1,\n "b" 2}', /Expected ":", found "2" \(line 2, column 6\)/],
    ['[1 2]', /Expected "," or "]", found "2" \(line 1, column 4\)/],
    ['[1,]', /Expected a value, found "]"/],
    ['{"a":1,}', /field name in double quotes, found "}"/],
    ["{'a':1}", /field name in double quotes, found "'"/],
    ['{"a":1} x', /the end of the text, found "x" \(line 1, column 9\)/],
    ['"a', /not closed .*column 3/],
    ['"a\nb"', /control character/],
    [String.raw`"\x41"`, /"\\x" is not an escape/],
    [String.raw`"\u12g4"`, /four hexadecimal digits/],
    ['01', /begin with 0/],
    ['1.', /Expected a digit/],
    ['.5', /Expected a value/],
    ['+1', /Expected a value/],
    ['1e', /Expected a digit/],
    ['-', /Expected a digit/],
    ['NaN', /Expected a value/],
    ['tru', /Expected a value/],
    ['\ufeff{}', /Expected a value/],
    ['[1]/**/', /Expected the end/],
  ] as const) {
    assert.throws(() => parseValue(text), hasCode('invalid_json', where), text);
  }
});

test('depth is limited while parsing, and a wrapper is no level', () => {
  const nest = (levels: number, inner = ''): string => '['.repeat(levels) + inner + ']'.repeat(levels);
  const objects = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  assert.ok(parseValue(nest(LIMITS.depth)));
  assert.ok(parseValue(objects(LIMITS.depth)));
  assert.ok(parseValue(nest(LIMITS.depth, '{"$date":{"$numberLong":"1"}}')));
  assert.ok(parseValue(nest(LIMITS.depth, '{"$binary":{"base64":"","subType":"00"}},{"$oid":"0123456789abcdef01234567"}')));
  for (const text of [nest(101), objects(101), nest(100, '{}'), nest(100, '{"$ref":1}'), nest(100, '{"a":{"$numberInt":"1"}}')]) {
    assert.throws(() => parseValue(text), hasCode('too_deep'), text.slice(95));
  }
  assert.throws(() => parseValue('['.repeat(2_000_000)), hasCode('too_deep'));
  assert.throws(
    () => parseValue(nest(100, '[1],{"$numberInt":"1"}')),
    hasCode('too_deep'),
    'a later wrapper does not forgive it',
  );
});

test('a document must be an object', () => {
  for (const text of ['[]', '1', 'null', '"a"', '{"$oid":"0123456789abcdef01234567"}']) {
    assert.throws(() => parseDocument(text), hasCode('invalid_value', /must be a JSON object/), text);
  }
});

test('wrappers become values wherever they stand', () => {
  const document = parseDocument(
    '{"id":{"$oid":"0123456789ABCDEF01234567"},"at":[{"$date":"1970-01-01T00:00:01Z"}],"ref":{"$ref":"c","$id":1}}',
  );
  assert.deepEqual(document.get('id'), new ObjectId('0123456789abcdef01234567'));
  assert.deepEqual(document.get('at'), [new DateTime(1000)]);
  assert.deepEqual(
    document.get('ref'),
    new Map<string, unknown>([
      ['$ref', 'c'],
      ['$id', 1],
    ]),
  );
});
