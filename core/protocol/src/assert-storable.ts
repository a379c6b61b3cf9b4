import { AerolithError } from './aerolith-error.ts';
import { parseDecimal128 } from './decimal128.ts';
import { isWrapperName } from './decode-wrapper.ts';
import { DATE_MS_MAX } from './iso-date.ts';
import { LIMITS } from './limits.ts';
import { typeName } from './type-name.ts';
import { DateTime, Decimal128, type Document, MaxKey, MinKey, type Value } from './value.ts';

const DOLLAR = 0x24;

/**
 * Checks that a document may be stored. Its size is checked on its stored text, its `_id` by `encodeIdKey`.
 *
 * A name may hold a dot, as in MongoDB; a dotted path never means it. @throws invalid_field_name for `$` at the beginning of a
 *   top-level name, the name of a type wrapper, U+0000 or `__proto__` in any name ·
 *   invalid_value for MinKey, MaxKey, lone surrogates, integers beyond 64 bits and dates out of range · too_deep
 */
export function assertStorable(document: Document): void {
  for (const name of document.keys()) {
    if (name.charCodeAt(0) === DOLLAR) {
      throw badName(name, `begins with "$", which is kept for operators; rename it`);
    }
  }
  checkDocument(document, 1);
}

function checkDocument(document: Document, level: number): void {
  checkLevel(level);
  for (const [name, value] of document) {
    checkName(name);
    checkValue(value, level);
  }
}

function checkLevel(level: number): void {
  if (level <= LIMITS.depth) return;
  throw new AerolithError('too_deep', `The document is nested deeper than ${LIMITS.depth} levels; flatten it.`, {
    limit: LIMITS.depth,
  });
}

function checkName(name: string): void {
  if (name.charCodeAt(0) === DOLLAR && isWrapperName(name)) {
    throw badName(name, 'would make its object read as another type; rename it, or store the value of that type');
  }
  if (name === '__proto__') throw badName(name, 'is not allowed; rename it');
  if (name.includes('\0')) throw badName(name, 'holds U+0000; rename it');
  if (!name.isWellFormed()) throw badName(name, 'holds half of a surrogate pair; rename it');
}

function badName(name: string, why: string): AerolithError {
  return new AerolithError('invalid_field_name', `The field name ${JSON.stringify(name)} ${why}.`, { field: name });
}

function checkValue(value: Value, level: number): void {
  if (typeof value === 'string') checkString(value);
  else if (typeof value !== 'object' || value === null) checkScalar(value);
  else if (value instanceof Map) checkDocument(value, level + 1);
  else if (Array.isArray(value)) checkArray(value, level + 1);
  else checkObject(value);
}

function checkArray(values: readonly Value[], level: number): void {
  checkLevel(level);
  for (const element of values) checkValue(element, level);
}

function checkString(value: string): void {
  if (!value.isWellFormed()) {
    throw new AerolithError('invalid_value', 'A string holds half of a surrogate pair; store the bytes as binary.');
  }
}

function checkScalar(value: null | boolean | number | bigint): void {
  if (typeof value !== 'bigint' || BigInt.asIntN(64, value) === value) return;
  throw new AerolithError('invalid_value', `${value} is beyond 64 bits; use a double or a decimal.`, { value: String(value) });
}

function checkObject(value: Exclude<Value & object, Document | Value[]>): void {
  if (value instanceof MinKey || value instanceof MaxKey) {
    const type = typeName(value);
    throw new AerolithError('invalid_value', `A ${type} can be in a filter but not in a document.`, { type });
  }
  if (value instanceof DateTime && !(Number.isInteger(value.ms) && Math.abs(value.ms) <= DATE_MS_MAX)) {
    throw new AerolithError('invalid_value', `A date of ${value.ms} ms is out of range.`, { ms: value.ms });
  }
  if (value instanceof Decimal128 && parseDecimal128(value.text).text !== value.text) {
    throw new AerolithError(
      'invalid_value',
      `The decimal "${value.text}" is not in canonical form; make it with parseDecimal128.`,
    );
  }
}
