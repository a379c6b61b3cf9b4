import type { Value } from '@aerolithdb/protocol';
import { civilFromMs } from '../calendar/civil-time.ts';
import { FORMAT_LETTERS, formatDate, ISO_FORMAT, unknownLetter } from '../calendar/date-format.ts';
import { PARSED_LETTERS, parseByFormat, repeatedLetter } from '../calendar/parse-date-format.ts';
import { parseWrittenDate, type WrittenDate } from '../calendar/parse-date-text.ts';
import { fromLocal, type TimeZone, UTC } from '../calendar/time-zone.ts';
import { dateArgument, dateFrom } from './date-argument.ts';
import { timeZoneArgument } from './date-context.ts';
import { combine, type Expression } from './expression.ts';
import { invalidExpression } from './expression-error.ts';
import { type Operators, readFields } from './operator.ts';
import type { ParseContext } from './parse-context.ts';
import { checkText } from './result-size.ts';
import { isNullish } from './truth.ts';
import { textArgument } from './value-argument.ts';

export const DATE_TEXTS: Operators = {
  $dateFromString: {
    form: '{ dateString, format, timezone, onError, onNull }',
    summary: 'The date that a text writes, in ISO 8601 or by a format.',
    parse: parseFromString,
  },
  $dateToString: {
    form: '{ date, format, timezone, onNull }',
    summary: 'A date as text, in ISO 8601 or by a format.',
    parse: parseToString,
  },
};

type Fields = ReadonlyMap<string, Value>;

/** Expressions of the fields that were written. */
function parseFields(fields: Fields, context: ParseContext): ReadonlyMap<string, Expression> {
  return new Map([...fields].map(([key, value]) => [key, context.parse(value)]));
}

function parseToString(operand: Value, context: ParseContext, name: string): Expression {
  const parts = parseFields(
    readFields(operand, name, { required: ['date'], optional: ['format', 'timezone', 'onNull'] }),
    context,
  );
  return combine([...parts.values()], (scope) => {
    const value = (key: string): Value | undefined => parts.get(key)?.evaluate(scope);
    const date = value('date');
    const zone = timeZoneArgument(value('timezone'), parts.has('timezone'), name);
    const format = parts.has('format') ? value('format') : undefined;
    if (isNullish(date)) return parts.has('onNull') ? value('onNull') : null;
    if (zone === undefined || (parts.has('format') && isNullish(format))) return null;
    return toText(dateArgument(date, name), zone, isNullish(format) ? undefined : textArgument(format, name), name);
  });
}

function toText(ms: number, zone: TimeZone, format: string | undefined, name: string): string {
  const offset = zone.offsetAt(ms);
  const { year } = civilFromMs(ms + offset);
  if (year < 0 || year > 9999) throw invalidExpression(name, `${name} writes the years 0 to 9999, not ${year}.`);
  const chosen = format ?? (zone === UTC ? `${ISO_FORMAT}Z` : ISO_FORMAT);
  checkFormat(chosen, FORMAT_LETTERS, name);
  return checkText(formatDate({ local: ms + offset, offset }, chosen), name);
}

function checkFormat(format: string, known: readonly string[], name: string): void {
  const letter = unknownLetter(format, known);
  if (letter === undefined) return;
  const list = known.map((each) => `%${each}`).join(', ');
  throw invalidExpression(name, `The format of ${name} has %${letter}; known are ${list}.`, { format });
}

function parseFromString(operand: Value, context: ParseContext, name: string): Expression {
  const names = { required: ['dateString'], optional: ['format', 'timezone', 'onError', 'onNull'] } as const;
  const parts = parseFields(readFields(operand, name, names), context);
  return combine([...parts.values()], (scope) => {
    const value = (key: string): Value | undefined => parts.get(key)?.evaluate(scope);
    const text = value('dateString');
    const zone = timeZoneArgument(value('timezone'), parts.has('timezone'), name);
    const format = value('format');
    if (isNullish(text)) return parts.has('onNull') ? value('onNull') : null;
    if (zone === undefined || (parts.has('format') && isNullish(format))) return null;
    const written =
      typeof text === 'string' ? read(text, isNullish(format) ? undefined : textArgument(format, name), name) : undefined;
    const isTwice = written?.offset !== undefined && parts.has('timezone');
    if (written !== undefined && !isTwice) {
      return dateFrom(written.offset === undefined ? fromLocal(zone, written.ms) : written.ms - written.offset, name);
    }
    if (parts.has('onError')) return value('onError');
    throw unreadable(text, isTwice, name);
  });
}

function read(text: string, format: string | undefined, name: string): WrittenDate | undefined {
  if (format === undefined) return parseWrittenDate(text.trim());
  checkFormat(format, PARSED_LETTERS, name);
  const twice = repeatedLetter(format);
  if (twice !== undefined)
    throw invalidExpression(name, `The format of ${name} has %${twice} twice; name each part once.`, { format });
  return parseByFormat(text, format);
}

function unreadable(text: Value, isTwice: boolean, name: string): Error {
  if (isTwice) return invalidExpression(name, `${name} takes the time zone either in the text or in "timezone", not in both.`);
  const shown = typeof text === 'string' ? `"${text.slice(0, 60)}"` : 'what is no string';
  return invalidExpression(name, `${name} reads no date out of ${shown}; give it a "format", or an "onError" for such values.`);
}
