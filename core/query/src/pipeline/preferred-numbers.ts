/**
 * Series of preferred numbers (ISO 3 Renard series, IEC 60063 E series), as `$bucketAuto` takes them for its boundaries. Each has the numbers from 1
 * up to but without 10, which repeat with every power of ten.
 */
const TABLES: Readonly<Record<string, readonly number[]>> = {
  R5: [1, 1.6, 2.5, 4, 6.3],
  R10: [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8],
  R20: [1, 1.12, 1.25, 1.4, 1.6, 1.8, 2, 2.24, 2.5, 2.8, 3.15, 3.55, 4, 4.5, 5, 5.6, 6.3, 7.1, 8, 9],
  R40: parsed(
    `1 1.06 1.12 1.18 1.25 1.32 1.4 1.5 1.6 1.7 1.8 1.9 2 2.12 2.24 2.36 2.5 2.65 2.8 3 3.15 3.35 3.55 3.75 4 4.25 4.5 4.75 5 5.3 5.6 6 6.3 6.7 7.1
    7.5 8 8.5 9 9.5`,
  ),
  R80: parsed(
    `1 1.03 1.06 1.09 1.12 1.15 1.18 1.22 1.25 1.28 1.32 1.36 1.4 1.45 1.5 1.55 1.6 1.65 1.7 1.75 1.8 1.85 1.9 1.95 2 2.06 2.12 2.18 2.24 2.3 2.36 2.43
    2.5 2.58 2.65 2.72 2.8 2.9 3 3.07 3.15 3.25 3.35 3.45 3.55 3.65 3.75 3.87 4 4.12 4.25 4.37 4.5 4.62 4.75 4.87 5 5.15 5.3 5.45 5.6 5.8 6 6.15 6.3
    6.5 6.7 6.9 7.1 7.3 7.5 7.75 8 8.25 8.5 8.75 9 9.25 9.5 9.75`,
  ),
  '1-2-5': [1, 2, 5],
  E6: [1, 1.5, 2.2, 3.3, 4.7, 6.8],
  E12: [1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2],
  E24: [1, 1.1, 1.2, 1.3, 1.5, 1.6, 1.8, 2, 2.2, 2.4, 2.7, 3, 3.3, 3.6, 3.9, 4.3, 4.7, 5.1, 5.6, 6.2, 6.8, 7.5, 8.2, 9.1],
  E48: roots(48),
  E96: roots(96),
  // The one number that IEC 60063 does not round.
  E192: roots(192).map((number) => (number === 9.19 ? 9.2 : number)),
};

export const GRANULARITIES: readonly string[] = [...Object.keys(TABLES), 'POWERSOF2'];

/** The least number of the series above `number`; 0 of 0. Neither negative nor NaN. */
export function nextPreferred(series: string, number: number): number {
  if (number === 0) return 0;
  if (series === 'POWERSOF2') return 2 ** (Math.floor(Math.log2(number)) + 1);
  return around(series, number).find((preferred) => preferred > number) ?? Number.POSITIVE_INFINITY;
}

/** The greatest number of the series below `number`; 0 of 0. Neither negative nor NaN. */
export function previousPreferred(series: string, number: number): number {
  if (number === 0) return 0;
  if (series === 'POWERSOF2') return 2 ** (Math.ceil(Math.log2(number)) - 1);
  return around(series, number).findLast((preferred) => preferred < number) ?? 0;
}

/** The numbers of the decade that the number is in, of the one before and of the one after. */
function around(series: string, number: number): number[] {
  const decade = Math.floor(Math.log10(number));
  const table = TABLES[series] ?? [];
  return [decade - 1, decade, decade + 1].flatMap((power) => table.map((one) => Number(`${one}e${power}`)));
}

function parsed(text: string): number[] {
  return text.split(/\s+/).map(Number);
}

function roots(count: number): number[] {
  return Array.from({ length: count }, (_, i) => Number((10 ** (i / count)).toFixed(2)));
}
