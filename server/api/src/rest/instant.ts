import type { At, Value } from '@aerolithdb/protocol';
import { AerolithError, DateTime } from '@aerolithdb/protocol';

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** A height (`1204`) or an RFC 3339 time (`2026-01-31T12:00:00Z`) as text. Throws `invalid_position`. */
export function instantFromText(text: string): At {
  if (/^[0-9]{1,15}$/.test(text)) return { height: Number(text) };
  const time = RFC_3339.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new AerolithError(
      'invalid_position',
      `"at" must be a height such as 1204 or an RFC 3339 time such as 2026-01-31T12:00:00Z; it was ${JSON.stringify(text)}.`,
      {
        at: text,
      },
    );
  }
  return { time };
}

/** A height, an RFC 3339 string or a date out of a body. Throws `invalid_position`. */
export function instantFromValue(value: Value): At {
  if (value instanceof DateTime) return { time: value.ms };
  if (typeof value === 'string') return instantFromText(value);
  const height = typeof value === 'bigint' ? Number(value) : value;
  if (typeof height === 'number' && Number.isSafeInteger(height) && height >= 0) return { height };
  throw new AerolithError('invalid_position', '"at" must be a height (a whole number), an RFC 3339 time in quotes, or a $date.');
}
