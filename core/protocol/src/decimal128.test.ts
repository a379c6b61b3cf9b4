import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDecimal128 } from './decimal128.ts';
import { hasCode } from './testing/has-code.ts';

const NINES = '9'.repeat(34);

test('texts become their canonical text', () => {
  for (const [text, canonical] of [
    ['5', '5'],
    ['5.00', '5.00'],
    ['-0', '-0'],
    ['-0.0', '-0.0'],
    ['+5', '5'],
    ['005', '5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['0.000001', '0.000001'],
    ['0.0000001', '1E-7'],
    ['0.00000010', '1.0E-7'],
    ['1e3', '1E+3'],
    ['12e3', '1.2E+4'],
    ['1200E-2', '12.00'],
    ['1E-2', '0.01'],
    ['NaN', 'NaN'],
    ['-nan', 'NaN'],
    ['inf', 'Infinity'],
    ['-INFINITY', '-Infinity'],
    [NINES, NINES],
    [`${NINES}E+6111`, `9.${'9'.repeat(33)}E+6144`],
    ['1E-6176', '1E-6176'],
    ['10E-6177', '1E-6176'],
    ['1E+6144', `1.${'0'.repeat(33)}E+6144`],
    ['1E6112', '1.0E+6112'],
    ['0E-9999', '0E-6176'],
    ['0E+9999', '0E+6111'],
    [`${NINES}0`, `9.${'9'.repeat(33)}E+34`],
    [`0.${'0'.repeat(40)}1`, '1E-41'],
  ] as const) {
    assert.equal(parseDecimal128(text).text, canonical, text);
    assert.equal(parseDecimal128(canonical).text, canonical, canonical);
  }
});

test('what does not fit exactly is refused, not rounded', () => {
  for (const text of [`${NINES}9`, `1.${'0'.repeat(34)}1`, '1E-6177', '1E+6145', '1E+99999999999999999999', '11E-6177']) {
    assert.throws(() => parseDecimal128(text), hasCode('invalid_value'), text);
  }
});

test('what is no decimal is refused', () => {
  for (const text of ['', '.', 'e5', '1e', '1e+', '--1', '1 ', ' 1', '1_0', '0x1', 'sNaN', 'NaN1', 'Infinit', '١']) {
    assert.throws(() => parseDecimal128(text), hasCode('invalid_value', /is not a decimal number/), JSON.stringify(text));
  }
});
