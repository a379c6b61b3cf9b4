import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatIsoDate, parseIsoDate } from './iso-date.ts';
import { checkProperty } from './testing/check-property.ts';

const FILE = 'core/protocol/src/iso-date.test.ts';

test('agrees with the calendar of the language from year 0 to 9999', (t) => {
  const instant = fc.integer({ min: Date.parse('0000-01-01T00:00:00Z'), max: Date.parse('9999-12-31T23:59:59.999Z') });
  const property = fc.property(instant, (ms) => {
    const theirs = new Date(ms).toISOString();
    assert.equal(formatIsoDate(ms), theirs.replace('.000Z', 'Z'));
    assert.equal(parseIsoDate(theirs), ms);
  });
  checkProperty(t, FILE, property, 10_000);
});

test('every day from 1896 to 2104 has its date', () => {
  for (let ms = Date.parse('1896-01-01T00:00:00Z'); ms < Date.parse('2104-03-02T00:00:00Z'); ms += 86_400_000) {
    const text = new Date(ms).toISOString().replace('.000Z', 'Z');
    assert.equal(formatIsoDate(ms), text);
    assert.equal(parseIsoDate(text), ms);
  }
});

test('zones, fractions and short forms', () => {
  for (const [text, ms] of [
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T00:00:00z', 0],
    ['1970-01-01T01:00:00+01:00', 0],
    ['1970-01-01T01:00:00+0100', 0],
    ['1970-01-01T01:00:00+01', 0],
    ['1969-12-31T18:30:00-05:30', 0],
    ['1970-01-01T00:00Z', 0],
    ['1970-01-01T00:00:00.5Z', 500],
    ['1970-01-01T00:00:00.123000000Z', 123],
    ['1970-01-01T00:00:00,12Z', 120],
    ['1969-12-31T23:59:59.999Z', -1],
    ['2000-02-29T00:00:00Z', 951_782_400_000],
  ] as const) {
    assert.equal(parseIsoDate(text), ms, text);
  }
});

test('what is no instant is refused', () => {
  for (const text of [
    '1970-01-01',
    '1970-01-01T00:00:00',
    '1970-01-01 00:00:00Z',
    '1970-1-1T00:00:00Z',
    '1970-13-01T00:00:00Z',
    '1970-00-01T00:00:00Z',
    '1970-01-00T00:00:00Z',
    '1970-04-31T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2021-02-29T00:00:00Z',
    '1970-01-01T24:00:00Z',
    '1970-01-01T00:60:00Z',
    '1970-01-01T00:00:60Z',
    '1970-01-01T00:00:00.Z',
    '1970-01-01T00:00:00.1234Z',
    '1970-01-01T00:00:00+24:00',
    '1970-01-01T00:00:00+01:60',
    '+001970-01-01T00:00:00Z',
  ]) {
    assert.equal(parseIsoDate(text), undefined, text);
  }
});
