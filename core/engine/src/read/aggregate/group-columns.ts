import { double, isInt32, type Value } from '@aerolithdb/protocol';
import type { Path, SumPart } from '@aerolithdb/query';

/** What is gathered of one field in a group: `sum` serves averages too; the extremes are of numbers. */
export type Gathering = { readonly of: 'sum' | 'least' | 'greatest'; readonly path: Path };

type Columns = readonly (string | number | null)[];

/**
 * Columns of a sum over the values `v` of type `t`: the whole numbers as text, since a JavaScript number would round them; whether one
 * is beyond int32; how many they are; the doubles; how many they are.
 */
export function sumColumns(place: number): string {
  const [t, v] = [`t${place}`, `v${place}`];
  return `CAST(sum(CASE ${t} WHEN 'integer' THEN ${v} END) AS TEXT),
    max(CASE ${t} WHEN 'integer' THEN ${v} NOT BETWEEN -2147483648 AND 2147483647 END), count(CASE ${t} WHEN 'integer' THEN 1 END),
    sum(CASE ${t} WHEN 'real' THEN ${v} END), count(CASE ${t} WHEN 'real' THEN 1 END)`;
}

const SUM_WIDTH = 5;

/** The sum out of its columns, which begin at `at`. Undefined when SQL had no number for it. */
export function sumPart(row: Columns, at: number): SumPart | undefined {
  const [whole, hasLong, wholes, sum, doubles] = row.slice(at, at + SUM_WIDTH);
  if (Number(doubles) > 0 && sum === null) return undefined;
  return {
    whole: BigInt(whole ?? 0),
    hasLong: hasLong === 1,
    double: Number(sum ?? 0),
    doubles: Number(doubles),
    count: Number(wholes) + Number(doubles),
  };
}

/** Columns of the least or greatest number: its type, and the number, a whole one as text. */
export function extremeColumns(place: number, of: 'least' | 'greatest'): string {
  const extreme = `${of === 'least' ? 'min' : 'max'}(CASE WHEN t${place} IN ('integer', 'real') THEN v${place} END)`;
  return `typeof(${extreme}), CASE typeof(${extreme}) WHEN 'integer' THEN CAST(${extreme} AS TEXT) ELSE ${extreme} END`;
}

const EXTREME_WIDTH = 2;

/** The extreme out of its columns; undefined when there was no number. */
export function extremeValue(row: Columns, at: number): Value | undefined {
  const [type, value] = row.slice(at, at + EXTREME_WIDTH);
  if (type === 'null' || value === null || value === undefined) return undefined;
  if (type === 'real') return double(Number(value));
  return isInt32(Number(value)) ? Number(value) : BigInt(value);
}

export function widthOf({ of }: Gathering): number {
  return of === 'sum' ? SUM_WIDTH : EXTREME_WIDTH;
}

/** True for values that SQL cannot judge: numbers that are objects to it, and for an extreme whatever is no number and not null. */
export function oddType({ of }: Gathering, place: number): string {
  return of === 'sum' ? `t${place} IS 'object'` : `coalesce(t${place}, 'null') NOT IN ('integer', 'real', 'null')`;
}
