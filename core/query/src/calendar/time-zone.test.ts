import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tableRows } from '../text-table.ts';
import { isoText } from './civil-time.ts';
import { findTimeZone, fromLocal, toLocal } from './time-zone.ts';

const at = (text: string): number => Date.parse(`${text}Z`);

test('local times of instants, also before and behind the rules', () => {
  const table = `
    Europe/Oslo         | 2024-03-31T00:59:59 | 2024-03-31T01:59:59
    Europe/Oslo         | 2024-03-31T01:00:00 | 2024-03-31T03:00:00
    Europe/Oslo         | 2999-07-01T00:00:00 | 2999-07-01T02:00:00
    America/New_York    | 2024-11-03T05:59:59 | 2024-11-03T01:59:59
    America/New_York    | 2024-11-03T06:00:00 | 2024-11-03T01:00:00
    Asia/Kolkata        | 2024-01-01T00:00:00 | 2024-01-01T05:30:00
    Asia/Calcutta       | 2024-01-01T00:00:00 | 2024-01-01T05:30:00
    Australia/Lord_Howe | 2024-01-01T00:00:00 | 2024-01-01T11:00:00
    +05:45              | 2024-01-01T00:00:00 | 2024-01-01T05:45:00
    -0330               | 2024-01-01T00:00:00 | 2023-12-31T20:30:00
  `;
  for (const [zone, instant, local] of tableRows(table)) {
    assert.equal(isoText(toLocal(findTimeZone(zone!)!, at(instant!))), `${local}.000Z`, `${zone} ${instant}`);
  }
  assert.equal(findTimeZone('Europe/Osloo'), undefined);
  assert.equal(findTimeZone('+25:00'), undefined);
});

test('instants of local times: of two the first, in a gap later', () => {
  const table = `
    America/New_York | 2024-11-03T01:30:00 | 2024-11-03T05:30:00
    America/New_York | 2024-03-10T02:30:00 | 2024-03-10T07:30:00
    Europe/Oslo      | 2024-06-01T12:00:00 | 2024-06-01T10:00:00
  `;
  for (const [zone, local, instant] of tableRows(table)) {
    assert.equal(isoText(fromLocal(findTimeZone(zone!)!, at(local!))), `${instant}.000Z`, `${zone} ${local}`);
  }
});

test('every zone agrees with the one of the runtime', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  assert.ok(zones.length > 400);
  const wrong: string[] = [];
  for (const name of zones) {
    const zone = findTimeZone(name);
    if (zone === undefined) wrong.push(`${name} is unknown`);
    else wrong.push(...differences(name, (ms) => zone.offsetAt(ms)));
  }
  assert.deepEqual(wrong, []);
});

/** Instants 97 days apart, from 1972 to 2026, at which the offsets differ. What comes later is changed by law before it comes. */
function differences(name: string, offsetAt: (ms: number) => number): string[] {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  const found: string[] = [];
  for (let ms = at('1972-01-01T00:00:00'); ms < at('2026-01-01T00:00:00'); ms += 97 * 86_400_000) {
    const parts = format.format(ms).match(/GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/)!;
    const seconds = Number(parts[2] ?? 0) * 3600 + Number(parts[3] ?? 0) * 60 + Number(parts[4] ?? 0);
    const theirs = (parts[1] === '-' ? -1 : 1) * seconds * 1000;
    if (theirs !== offsetAt(ms)) found.push(`${name} at ${isoText(ms)}: ${offsetAt(ms)}, the runtime has ${theirs}`);
  }
  return found.slice(0, 3);
}
