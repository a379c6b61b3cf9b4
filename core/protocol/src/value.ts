/**
 * The values of a document, in memory.
 *
 * Invariants:
 * 1. A `number` that is an integer in the int32 range and is not -0 is an int32; any other `number` is a double.
 * 2. A `bigint` is an int64, whatever its size.
 * 3. `Double` is used only for a double that would read as an int32 by rule 1 (1.0, 42.0). `double()` keeps this.
 * 4. A document is a `Map`, because field order is part of the value and plain objects reorder integer-like keys.
 * 5. Values are never changed in place once they are part of a document that others can see.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Double
  | Decimal128
  | DateTime
  | ObjectId
  | Binary
  | RegularExpression
  | Timestamp
  | MinKey
  | MaxKey
  | Value[]
  | Document;

export type Document = Map<string, Value>;

/** A double whose value is an integer in the int32 range. Make one with `double()`. */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** IEEE 754-2008 decimal128, kept as its canonical string (General Decimal Arithmetic, "to-scientific-string"). */
export class Decimal128 {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Milliseconds since 1970-01-01T00:00:00Z, a whole number within ±8.64e15. */
export class DateTime {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}

/** 12 bytes as 24 lower-case hexadecimal digits. */
export class ObjectId {
  readonly hex: string;
  constructor(hex: string) {
    this.hex = hex;
  }
}

/** Bytes with a BSON subtype (0 to 255). */
export class Binary {
  readonly bytes: Uint8Array;
  readonly subtype: number;
  constructor(bytes: Uint8Array, subtype = 0) {
    this.bytes = bytes;
    this.subtype = subtype;
  }
}

/** A stored regular expression: `options` are sorted letters out of `imsux`. */
export class RegularExpression {
  readonly pattern: string;
  readonly options: string;
  constructor(pattern: string, options = '') {
    this.pattern = pattern;
    this.options = options;
  }
}

/** Seconds since 1970 and an ordinal within that second, both unsigned 32-bit. */
export class Timestamp {
  readonly seconds: number;
  readonly ordinal: number;
  constructor(seconds: number, ordinal: number) {
    this.seconds = seconds;
    this.ordinal = ordinal;
  }
}

/** Compares below every value. Only in filters, never stored. */
export class MinKey {}

/** Compares above every value. Only in filters, never stored. */
export class MaxKey {}

export function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

/** The double with this value, in the form invariant 3 asks for. */
export function double(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value;
}

/** The integer with this value: int32 where it fits, else int64. `value` must be a safe integer. */
export function integer(value: number): number | bigint {
  return isInt32(value) ? value : BigInt(value);
}

export function isDocument(value: Value | undefined): value is Document {
  return value instanceof Map;
}
