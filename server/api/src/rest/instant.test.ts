import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DateTime } from '@aerolithdb/protocol';
import { instantFromText, instantFromValue } from './instant.ts';

test('digits are a height, RFC 3339 is a time', () => {
  assert.deepEqual(instantFromText('12'), { height: 12 });
  assert.deepEqual(instantFromText('2026-01-31T12:00:00Z'), { time: Date.UTC(2026, 0, 31, 12) });
  assert.deepEqual(instantFromText('2026-01-31T12:00:00.250+02:00'), { time: Date.UTC(2026, 0, 31, 10) + 250 });
  assert.deepEqual(instantFromValue(7), { height: 7 });
  assert.deepEqual(instantFromValue(7n), { height: 7 });
  assert.deepEqual(instantFromValue(new DateTime(5)), { time: 5 });
});

test('anything else is refused', () => {
  for (const text of ['', '-1', '1.5', '2026-01-31', '2026-13-31T12:00:00Z', '2026-01-31T12:00:00', 'now', '9999999999999999']) {
    assert.throws(() => instantFromText(text), { code: 'invalid_position' }, text);
  }
  for (const value of [-1, 1.5, true, null, []]) assert.throws(() => instantFromValue(value), { code: 'invalid_position' });
});
