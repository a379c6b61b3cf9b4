import { Binary, decodeBase64, double, encodeBase64, fromHex, toHex, type Value } from '@aerolithdb/protocol';
import { isDecimal, isDouble, toNumber } from '../arithmetic.ts';
import type { ConversionType } from './convert-value.ts';
import { invalidExpression } from './expression-error.ts';
import { isNumber } from './number-argument.ts';
import { isNullish } from './truth.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';
import { parseUuid, uuidText } from './uuid-text.ts';

export type BinaryConversion = {
  readonly type: ConversionType;
  readonly subtype: number;
  readonly format: Value | undefined;
  readonly byteOrder: Value | undefined;
  /** The operator, for errors. */
  readonly name: string;
};

const FORMATS = ['auto', 'base64', 'base64url', 'hex', 'utf8', 'uuid'] as const;
type Format = (typeof FORMATS)[number];

/** Conversions from bytes and to bytes; undefined for all others and for values that do not fit. */
export function convertBinary(value: Value, conversion: BinaryConversion): Value | undefined {
  const format = formatOf(conversion);
  const littleEndian = orderOf(conversion);
  if (conversion.type === 'binData') return toBinary(value, conversion.subtype, format, littleEndian);
  if (!(value instanceof Binary)) return undefined;
  if (conversion.type === 'string') return textOf(value, format ?? 'auto');
  return numberOf(value.bytes, conversion.type, littleEndian);
}

function formatOf({ format, name }: BinaryConversion): Format | undefined {
  if (isNullish(format)) return undefined;
  const known = FORMATS.find((each) => each === format);
  if (known !== undefined) return known;
  throw invalidExpression(name, `"format" of ${name} is one of ${FORMATS.join(', ')}.`);
}

function orderOf({ byteOrder, name }: BinaryConversion): boolean {
  if (isNullish(byteOrder) || byteOrder === 'little') return true;
  if (byteOrder === 'big') return false;
  throw invalidExpression(name, `"byteOrder" of ${name} is "little" or "big".`);
}

function textOf(binary: Binary, format: Format): string | undefined {
  switch (format) {
    case 'auto':
      return uuidText(binary) ?? encodeBase64(binary.bytes);
    case 'base64':
      return encodeBase64(binary.bytes);
    case 'base64url':
      return encodeBase64(binary.bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    case 'hex':
      return toHex(binary.bytes).toUpperCase();
    case 'utf8':
      return decodeUtf8(binary.bytes);
    case 'uuid':
      return uuidText(binary);
  }
}

function toBinary(value: Value, subtype: number, format: Format | undefined, littleEndian: boolean): Binary | undefined {
  if (value instanceof Binary) return value.subtype === subtype ? value : undefined;
  if (typeof value !== 'string') return ofNumber(value, subtype, littleEndian);
  if (format === 'uuid' || (format === 'auto' && subtype === 4)) return parseUuid(value);
  const bytes = format === undefined ? undefined : bytesOf(value, format);
  return bytes === undefined ? undefined : new Binary(bytes, subtype);
}

function bytesOf(text: string, format: Exclude<Format, 'uuid'>): Uint8Array | undefined {
  if (format === 'utf8') return encodeUtf8(text);
  if (format === 'hex') return /^([0-9a-fA-F]{2})*$/.test(text) ? fromHex(text) : undefined;
  if (format !== 'base64url') return decodeBase64(text);
  const standard = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  return decodeBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, '='));
}

function ofNumber(value: Value, subtype: number, littleEndian: boolean): Binary | undefined {
  if (!isNumber(value) || isDecimal(value)) return undefined;
  const view = new DataView(new ArrayBuffer(typeof value === 'number' && !isDouble(value) ? 4 : 8));
  if (isDouble(value)) view.setFloat64(0, toNumber(value), littleEndian);
  else if (typeof value === 'bigint') view.setBigInt64(0, value, littleEndian);
  else view.setInt32(0, value, littleEndian);
  return new Binary(new Uint8Array(view.buffer), subtype);
}

function numberOf(bytes: Uint8Array, type: ConversionType, littleEndian: boolean): Value | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (type === 'double') {
    if (bytes.length === 4) return double(view.getFloat32(0, littleEndian));
    return bytes.length === 8 ? double(view.getFloat64(0, littleEndian)) : undefined;
  }
  if (type !== 'int' && type !== 'long') return undefined;
  const whole = wholeOf(view, littleEndian);
  if (type === 'long' || whole === undefined) return whole;
  return bytes.length <= 4 ? Number(whole) : undefined;
}

function wholeOf(view: DataView, littleEndian: boolean): bigint | undefined {
  switch (view.byteLength) {
    case 1:
      return BigInt(view.getInt8(0));
    case 2:
      return BigInt(view.getInt16(0, littleEndian));
    case 4:
      return BigInt(view.getInt32(0, littleEndian));
    case 8:
      return view.getBigInt64(0, littleEndian);
    default:
      return undefined;
  }
}
