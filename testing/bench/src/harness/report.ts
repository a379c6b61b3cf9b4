import type { Machine } from './machine.ts';
import { type Row, ratio, reaches, type SkippedRow } from './row.ts';

export type Report = {
  readonly suite: string;
  readonly quick: boolean;
  readonly date: string;
  readonly machine: Machine;
  readonly loadAfter: number;
  readonly notes: readonly string[];
  readonly rows: readonly (Row & { readonly ratio: number; readonly verdict: Verdict })[];
  readonly skipped: readonly SkippedRow[];
};

export type Verdict = 'aim' | 'floor' | 'under';

export function verdict(row: Row): Verdict {
  if (!reaches(row, row.bound.floor)) return 'under';
  return reaches(row, row.bound.aim) ? 'aim' : 'floor';
}

/** The table, as Markdown that also reads well in a terminal; rows that were skipped come last, and below it why. */
export function renderTable(rows: readonly Row[], skipped: readonly SkippedRow[] = []): string {
  const head = ['work', 'against', 'ours', 'other', 'ratio', 'floor', 'aim', 'reached'];
  const body = rows.map((row) => [
    row.work,
    row.against,
    figure(row.ours, row.unit),
    row.other === undefined ? '–' : figure(row.other, row.unit),
    row.other === undefined ? '–' : ratio(row).toFixed(2),
    bound(row, row.bound.floor),
    bound(row, row.bound.aim),
    verdict(row),
  ]);
  body.push(...skipped.map(({ work, against }) => [work, against, '–', '–', '–', '–', '–', 'skipped']));
  const widths = head.map((title, i) => Math.max(title.length, ...body.map((cells) => cells[i]!.length)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line), ...reasons(skipped)].join(
    '\n',
  );
}

function reasons(skipped: readonly SkippedRow[]): string[] {
  return skipped.length === 0
    ? []
    : ['', ...skipped.map(({ work, against, why }) => `skipped: ${work}, against ${against}: ${why}`)];
}

export function renderMachine(machine: Machine, loadAfter: number): string {
  const { p50, p99 } = machine.fsyncMs;
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}`,
    `load ${machine.load.toFixed(2)} before, ${loadAfter.toFixed(2)} after; append 4 KiB and fdatasync p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
  ].join('\n');
}

function bound(row: Row, limit: number): string {
  if (row.other === undefined) return `≤ ${figure(limit, row.unit)}`;
  return row.measure === 'rate' ? `≥ ${limit}×` : `≤ ${limit}×`;
}

function figure(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : 2;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: digits })} ${unit}`;
}
