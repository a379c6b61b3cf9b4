/** Which way a row is read: `rate` is more-is-better; `time`, `size` and `memory` are less-is-better. */
export type Measure = 'rate' | 'time' | 'size' | 'memory';

/** What a row must reach and what we want: for a rate `ours ÷ other` at least this, else at most this. */
export type Bound = { readonly floor: number; readonly aim: number };

/** One line of a suite's table: a work, our figure, the other's, both medians of the rounds. */
export type Row = {
  readonly work: string;
  readonly against: string;
  readonly measure: Measure;
  readonly unit: string;
  readonly ours: number;
  readonly other: number | undefined;
  readonly bound: Bound;
};

/** A line that could not be measured, and why: a peer that is not installed, a part of ours that is not there yet. */
export type SkippedRow = { readonly work: string; readonly against: string; readonly why: string };

/** `ours ÷ other`; where there is no other, ours itself is held against the bound. */
export function ratio(row: Row): number {
  return row.other === undefined ? row.ours : row.ours / row.other;
}

export function reaches(row: Row, limit: number): boolean {
  return row.measure === 'rate' ? ratio(row) >= limit : ratio(row) <= limit;
}
