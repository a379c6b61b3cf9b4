import type { StoredText } from './command.ts';
import { formatIsoDate, hasIsoText } from './iso-date.ts';
import { STORED_FORM } from './stored-form.ts';
import type { Value } from './value.ts';
import { doubleText, type JsonForm, specialDoubleText, writeJson } from './write-json.ts';

const RELAXED_FORM: JsonForm = {
  ...STORED_FORM,
  date: (ms) => (hasIsoText(ms) ? `{"$date":"${formatIsoDate(ms)}"}` : `{"$date":{"$numberLong":"${ms}"}}`),
};

export const CANONICAL_FORM: JsonForm = {
  int32: (value) => `{"$numberInt":"${value}"}`,
  int64: (value) => `{"$numberLong":"${value}"}`,
  double: (value) => `{"$numberDouble":"${specialDoubleText(value) ?? doubleText(value)}"}`,
  date: (ms) => `{"$date":{"$numberLong":"${ms}"}}`,
};

/**
 * The form that goes out: Extended JSON v2, relaxed, from which every type reads back. So a double keeps its fraction (`1.0`) and
 * an int64 inside the int32 range its wrapper. Dates of the years 1970 to 9999 are ISO 8601 text.
 *
 * @example
 * toRelaxed(new DateTime(1500)); // '{"$date":"1970-01-01T00:00:01.500Z"}'
 */
export function toRelaxed(value: Value): string {
  return writeJson(value, RELAXED_FORM);
}

/**
 * Extended JSON v2, canonical: the type of every number is written.
 *
 * @example
 * toCanonical([1, 0.5]); // '[{"$numberInt":"1"},{"$numberDouble":"0.5"}]'
 */
export function toCanonical(value: Value): string {
  return writeJson(value, CANONICAL_FORM);
}

/**
 * What `toRelaxed` would give, without parsing: only dates differ, and a quote inside a string is escaped, so `{"$date":` is never text.
 *
 * @example
 * storedToRelaxed('{"at":{"$date":0}}'); // '{"at":{"$date":"1970-01-01T00:00:00Z"}}'
 */
export function storedToRelaxed(stored: StoredText): string {
  if (!stored.includes('{"$date":')) return stored;
  return stored.replace(/\{"\$date":(-?\d+)\}/g, (_, ms: string) => RELAXED_FORM.date(Number(ms)));
}
