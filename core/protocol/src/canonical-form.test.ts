import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalForm, documentHash } from './canonical-form.ts';
import { toCanonical } from './extended-json.ts';
import { parseDocument, parseValue } from './parse-json.ts';
import { arbitraryDocument } from './testing/arbitrary-value.ts';
import { checkProperty } from './testing/check-property.ts';
import type { Document } from './value.ts';

const FILE = 'core/protocol/src/canonical-form.test.ts';

/** RFC 8785 over any JSON value, written a second time on plain objects. */
function jcs(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${jcs(inner)}`).join(',')}}`;
}

test('is RFC 8785 over canonical Extended JSON', (t) => {
  const property = fc.property(arbitraryDocument, (document) => {
    // V8's JSON.parse, the oracle here, may take a field name that is a single escape for a backslash, by the shape of an object before.
    fc.pre(!/"\\/.test(toCanonical(document)));
    assert.equal(canonicalForm(document), jcs(JSON.parse(toCanonical(document))));
    assert.equal(documentHash(document), createHash('sha256').update(canonicalForm(document)).digest('hex'));
  });
  checkProperty(t, FILE, property, 2_000);
});

test('sorts the example of RFC 8785, section 3.2.3', () => {
  const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
  const document: Document = new Map(names.map((name) => [name, true]));
  const sorted = [...parseDocument(canonicalForm(document)).keys()];
  assert.deepEqual(sorted, ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']);
});

test('the order of fields does not change the hash, their types and values do', () => {
  const hash = (text: string): string => documentHash(parseDocument(text));
  assert.equal(hash('{"a":1,"b":{"c":2,"d":3}}'), hash('{"b":{"d":3,"c":2},"a":1}'));
  const others = [
    '{"a":1}',
    '{"a":1.0}',
    '{"a":{"$numberLong":"1"}}',
    '{"a":"1"}',
    '{"a":{"$numberDecimal":"1"}}',
    '{"a":[1]}',
    '{"a":true}',
  ];
  assert.equal(new Set(others.map(hash)).size, others.length);
  assert.equal(canonicalForm(parseValue('[2,1]')), '[{"$numberInt":"2"},{"$numberInt":"1"}]');
});
