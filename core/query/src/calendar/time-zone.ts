import { MS_PER_DAY } from '@aerolithdb/protocol';
import { parseOffset } from './offset-text.ts';
import { type ZoneTable, zoneTable } from './zone-table.ts';

/** How the local time of a place differs from UTC. */
export interface TimeZone {
  /** Milliseconds east of UTC at an instant, in milliseconds since 1970. */
  offsetAt(ms: number): number;
}

export const UTC: TimeZone = { offsetAt: () => 0 };

/** The zone of an IANA name (`Europe/Oslo`) or an offset (`+02:00`, `+0200`, `+02`); undefined when there is none. */
export function findTimeZone(text: string): TimeZone | undefined {
  if (text === 'UTC' || text === 'GMT' || text === 'Z') return UTC;
  const offset = parseOffset(text);
  if (offset !== undefined) return { offsetAt: () => offset };
  const table = zoneTable(text);
  return table === undefined ? undefined : { offsetAt: (ms) => offsetIn(table, ms) };
}

export function toLocal(zone: TimeZone, ms: number): number {
  return ms + zone.offsetAt(ms);
}

/**
 * The instant of a local time. Of a local time that comes twice it is the first; one that is left out is taken with the offset
 * that held before, which makes it later by what the clock was put forward.
 */
export function fromLocal(zone: TimeZone, local: number): number {
  const before = zone.offsetAt(local - MS_PER_DAY);
  const after = zone.offsetAt(local + MS_PER_DAY);
  if (zone.offsetAt(local - before) === before) return local - before;
  return zone.offsetAt(local - after) === after ? local - after : local - before;
}

/** The tables go on as long as the calendar takes to begin anew, 400 years, and a little more. */
const TABLE_END = 16_725_225_600_000;
const MS_PER_CYCLE = 146_097 * MS_PER_DAY;

function offsetIn({ starts, offsets }: ZoneTable, ms: number): number {
  const at = ms < TABLE_END ? ms : TABLE_END - MS_PER_CYCLE + ((ms - TABLE_END) % MS_PER_CYCLE);
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return offsets[low]!;
}
