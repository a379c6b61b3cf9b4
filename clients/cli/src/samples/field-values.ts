import { DateTime, type Document, double, integer, type Value } from '@aerolithdb/protocol';

/** A document of the fields that have a value. */
export function documentOf(fields: Readonly<Record<string, Value | undefined>>): Document {
  const document: Document = new Map();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) document.set(name, value);
  return document;
}

/** Text, when the source has any. A number that stands where a name belongs (a film called 1776) becomes text. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function whole(value: unknown): number | bigint | undefined {
  const number = numberOf(value);
  return number !== undefined && Number.isSafeInteger(number) ? integer(number) : undefined;
}

/** A double, also when it has no fraction. */
export function real(value: unknown): Value | undefined {
  const number = numberOf(value);
  return number === undefined ? undefined : double(number);
}

/** A time in milliseconds since 1970. */
export function instant(value: unknown): DateTime | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? new DateTime(value) : undefined;
}

/** `2012-01-31` or `Jun 12 1998`, at midnight UTC. */
export function day(value: unknown): DateTime | undefined {
  if (typeof value !== 'string') return undefined;
  const ms = Date.parse(/^\d{4}-/.test(value) ? `${value}T00:00:00Z` : `${value} UTC`);
  return Number.isNaN(ms) ? undefined : new DateTime(ms);
}

/** A GeoJSON point; longitude first, as GeoJSON has it. Further coordinates follow. */
export function point(...coordinates: readonly unknown[]): Document | undefined {
  const numbers = coordinates.map(real);
  if (numbers.some((number) => number === undefined)) return undefined;
  return documentOf({ type: 'Point', coordinates: numbers.filter((number) => number !== undefined) });
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
}
