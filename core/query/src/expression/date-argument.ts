import { DATE_MS_MAX, DateTime, ObjectId, objectIdSeconds, Timestamp, type Value } from '@aerolithdb/protocol';
import { doesNotFit, invalidExpression } from './expression-error.ts';

/** The date at `ms`. Throws `invalid_expression` when dates do not reach so far. */
export function dateFrom(ms: number, name: string): DateTime {
  if (Math.abs(ms) <= DATE_MS_MAX) return new DateTime(ms + 0);
  throw invalidExpression(name, `The date that ${name} would make is more than 100,000,000 days from 1970.`);
}

/** Milliseconds since 1970 of a date, a timestamp or the time in an ObjectId. Throws `invalid_expression`. */
export function dateArgument(value: Value | undefined, name: string): number {
  if (value instanceof DateTime) return value.ms;
  if (value instanceof Timestamp) return value.seconds * 1000;
  if (value instanceof ObjectId) return objectIdSeconds(value) * 1000;
  throw doesNotFit(name, 'a date, timestamp or ObjectId', value);
}
