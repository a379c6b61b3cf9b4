import { Decimal128, double, type Value } from '@aerolithdb/protocol';
import { decimalFrom } from '../decimal.ts';

const NUMBER = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,5}))?$/;
const SPECIAL = /^([+-]?)(nan|inf|infinity)$/i;

/** Digits of a number that are read; longer texts are refused. */
const LENGTH_MAX = 10_000;

/** The number that a decimal text writes, rounded to a double; undefined for other texts and what is beyond doubles. */
export function parseDoubleText(text: string): Value | undefined {
  const special = specialText(text);
  if (special !== undefined) return Number(special);
  if (text.length > LENGTH_MAX || !NUMBER.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? double(number) : undefined;
}

/** The number that a decimal text writes, rounded to 34 digits; undefined for other texts. */
export function parseDecimalText(text: string): Decimal128 | undefined {
  const special = specialText(text);
  if (special !== undefined) return new Decimal128(special);
  const parts = text.length > LENGTH_MAX ? null : NUMBER.exec(text);
  if (parts === null) return undefined;
  const fraction = parts[3] ?? parts[4] ?? '';
  const result = decimalFrom(parts[1] === '-', BigInt((parts[2] ?? '') + fraction), Number(parts[5] ?? 0) - fraction.length);
  return /Infinity/.test(result.text) ? undefined : result;
}

/** The whole number that a text of digits writes; undefined for other texts, also such with a fraction. */
export function parseWholeText(text: string): bigint | undefined {
  if (!/^[+-]?\d{1,40}$/.test(text)) return undefined;
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text.replace('+', ''));
}

function specialText(text: string): 'NaN' | 'Infinity' | '-Infinity' | undefined {
  const parts = SPECIAL.exec(text);
  if (parts === null) return undefined;
  if (parts[2]!.toLowerCase() === 'nan') return 'NaN';
  return parts[1] === '-' ? '-Infinity' : 'Infinity';
}
