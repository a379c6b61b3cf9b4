import data from 'moment-timezone/data/packed/latest.json' with { type: 'json' };

/**
 * The rules of a time zone, spread out: `offsets[i]`, in milliseconds east of UTC, holds from `starts[i - 1]` up to `starts[i]`,
 * which are milliseconds since 1970 in UTC, in ascending order. There is one offset more than there are starts.
 */
export type ZoneTable = { readonly starts: readonly number[]; readonly offsets: readonly number[] };

/** Version of the IANA time zone database that the tables are of. */
export const TIME_ZONE_VERSION: string = data.version;

const tables = new Map<string, ZoneTable>();
let sources: ReadonlyMap<string, string> | undefined;

/** The table of a zone of the IANA database, also by one of its older names; undefined when there is none. */
export function zoneTable(name: string): ZoneTable | undefined {
  const known = tables.get(name);
  if (known !== undefined) return known;
  sources ??= readSources();
  const source = sources.get(name);
  if (source === undefined) return undefined;
  const table = unpackZone(source);
  tables.set(name, table);
  return table;
}

function readSources(): ReadonlyMap<string, string> {
  const byName = new Map(data.zones.map((zone) => [zone.slice(0, zone.indexOf('|')), zone]));
  for (const link of data.links) {
    const [name, alias] = link.split('|') as [string, string];
    byName.set(alias, byName.get(name)!);
  }
  return byName;
}

/** `name|abbreviations|offsets in minutes west|offset of each period, a digit each|minutes from one start to the next`, in base 60. */
function unpackZone(packed: string): ZoneTable {
  const [, , offsetList, periods, startList] = packed.split('|') as [string, string, string, string, string];
  const choices = offsetList.split(' ').map((text) => 0 - Math.round(unpackMinutes(text) * 60) * 1000);
  const offsets = [...periods].map((digit) => choices[digitOf(digit)]!);
  let minutes = 0;
  const starts = startList.split(' ', offsets.length - 1).map((text) => {
    minutes += unpackMinutes(text);
    return Math.round(minutes * 60) * 1000;
  });
  return startList === '' ? { starts: [], offsets } : { starts, offsets };
}

/** A number of base 60 with a fraction, the format of moment-timezone. */
function unpackMinutes(text: string): number {
  const [whole, fraction = ''] = text.replace('-', '').split('.') as [string, string?];
  let value = 0;
  for (const digit of whole) value = value * 60 + digitOf(digit);
  let unit = 1;
  for (const digit of fraction) {
    unit /= 60;
    value += digitOf(digit) * unit;
  }
  return text.startsWith('-') ? -value : value;
}

/** 0 to 9, a to z are 10 to 35, A to X 36 to 59. */
function digitOf(digit: string): number {
  const code = digit.charCodeAt(0);
  if (code > 96) return code - 87;
  return code > 64 ? code - 29 : code - 48;
}
