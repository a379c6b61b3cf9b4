import { DateTime, Decimal128, Double, ObjectId, type Value } from '@aerolithdb/protocol';

/** A value as SQL compares it, or the reason why SQL cannot. */
export type Comparable =
  | { readonly kind: 'null' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number | bigint }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'date'; readonly ms: number }
  | { readonly kind: 'objectId'; readonly hex: string }
  /** Decided by the reference evaluation; `types` are the only SQLite JSON types a matching value can have. */
  | { readonly kind: 'other'; readonly types: readonly string[] | 'any'; readonly why: string };

export function comparable(value: Value): Comparable {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'boolean') return { kind: 'bool', value };
  if (typeof value === 'string') return stringComparable(value);
  if (typeof value === 'number') return numberComparable(value);
  if (typeof value === 'bigint') return { kind: 'number', value };
  if (value instanceof Double) return numberComparable(value.value);
  if (value instanceof DateTime) return { kind: 'date', ms: value.ms };
  if (value instanceof ObjectId) return { kind: 'objectId', hex: value.hex };
  return other(value);
}

function numberComparable(value: number): Comparable {
  if (!Number.isNaN(value)) return { kind: 'number', value };
  return { kind: 'other', types: ['object', 'array'], why: 'SQL has no NaN.' };
}

function stringComparable(value: string): Comparable {
  if (!value.includes('\0')) return { kind: 'string', value };
  return { kind: 'other', types: ['text', 'array'], why: 'SQL ends a text at a zero character.' };
}

function other(value: Value): Comparable {
  if (Array.isArray(value)) return { kind: 'other', types: ['array'], why: 'SQL cannot compare whole arrays.' };
  if (value instanceof Map) return { kind: 'other', types: ['object', 'array'], why: 'SQL cannot compare whole documents.' };
  if (value instanceof Decimal128)
    return { kind: 'other', types: ['integer', 'real', 'object', 'array'], why: 'SQL has no decimal numbers.' };
  return { kind: 'other', types: 'any', why: 'SQL cannot compare such a value.' };
}
