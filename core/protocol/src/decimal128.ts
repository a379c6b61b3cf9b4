import { AerolithError } from './aerolith-error.ts';
import { Decimal128 } from './value.ts';

/**
 * IEEE 754-2008 decimal128 as text.
 *
 * Invariants:
 * 1. A finite decimal is ±coefficient × 10^exponent with at most 34 digits and -6176 ≤ exponent ≤ 6111.
 * 2. 5.0 and 5.00 are different values that compare equal, so the exponent is kept.
 * 3. The canonical text is "to-scientific-string" of the General Decimal Arithmetic specification.
 */
const DIGITS_MAX = 34;
const EXPONENT_MIN = -6176;
const EXPONENT_MAX = 6111;

const FINITE = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;
const SPECIAL = /^([+-]?)(nan|inf|infinity)$/i;

export type DecimalParts =
  | { readonly kind: 'finite'; readonly negative: boolean; readonly digits: string; readonly exponent: number }
  | { readonly kind: 'infinity'; readonly negative: boolean }
  | { readonly kind: 'nan' };

/**
 * The decimal that a text writes, without rounding.
 * @throws invalid_value when the text is no decimal, or does not fit into 34 digits and the exponent range exactly.
 *
 * @example
 * parseDecimal128('12e3').text; // '1.2E+4'
 */
export function parseDecimal128(text: string): Decimal128 {
  return new Decimal128(decimalText(fit(readParts(text), text)));
}

/** Sign, digits (without leading zeros) and exponent of a decimal. */
export function decimalParts(decimal: Decimal128): DecimalParts {
  return readParts(decimal.text);
}

function readParts(text: string): DecimalParts {
  const finite = FINITE.exec(text);
  if (finite !== null) return finiteParts(finite, text);
  const special = SPECIAL.exec(text);
  if (special === null)
    throw invalidDecimal(text, 'is not a decimal number; write for example "1.50", "1E+3", "Infinity" or "NaN"');
  if (special[2]!.toLowerCase() === 'nan') return { kind: 'nan' };
  return { kind: 'infinity', negative: special[1] === '-' };
}

function finiteParts(match: RegExpExecArray, text: string): DecimalParts {
  const fraction = match[3] ?? match[4] ?? '';
  const written = Number(match[5] ?? '0');
  if (!Number.isSafeInteger(written)) throw invalidDecimal(text, 'has an exponent out of range');
  const digits = ((match[2] ?? '') + fraction).replace(/^0+(?=\d)/, '');
  return { kind: 'finite', negative: match[1] === '-', digits, exponent: written - fraction.length };
}

function fit(parts: DecimalParts, text: string): DecimalParts {
  if (parts.kind !== 'finite') return parts;
  let { digits, exponent } = parts;
  if (digits === '0') {
    return { ...parts, exponent: Math.min(EXPONENT_MAX, Math.max(EXPONENT_MIN, exponent)) };
  }
  const surplus = Math.max(digits.length - DIGITS_MAX, EXPONENT_MIN - exponent, 0);
  if (surplus > 0) {
    if (surplus >= digits.length || !/^0*$/.test(digits.slice(digits.length - surplus))) {
      throw invalidDecimal(text, 'needs more than 34 digits or a smaller exponent than decimal128 has');
    }
    digits = digits.slice(0, digits.length - surplus);
    exponent += surplus;
  }
  if (exponent > EXPONENT_MAX) {
    const padding = exponent - EXPONENT_MAX;
    if (digits.length + padding > DIGITS_MAX) throw invalidDecimal(text, 'is larger than decimal128 can hold');
    digits += '0'.repeat(padding);
    exponent = EXPONENT_MAX;
  }
  return { ...parts, digits, exponent };
}

function decimalText(parts: DecimalParts): string {
  if (parts.kind === 'nan') return 'NaN';
  const sign = parts.negative ? '-' : '';
  if (parts.kind === 'infinity') return `${sign}Infinity`;
  const { digits, exponent } = parts;
  const adjusted = exponent + digits.length - 1;
  if (exponent > 0 || adjusted < -6) return `${sign}${scientific(digits, adjusted)}`;
  if (exponent === 0) return sign + digits;
  const padded = digits.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

function scientific(digits: string, adjusted: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${digits[0]}${fraction}E${adjusted < 0 ? '' : '+'}${adjusted}`;
}

function invalidDecimal(text: string, why: string): AerolithError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new AerolithError('invalid_value', `"${shown}" ${why}.`, { value: shown });
}
