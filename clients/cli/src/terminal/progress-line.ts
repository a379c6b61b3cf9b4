import { clock, grouped } from './figures.ts';

export type ProgressState = {
  readonly label: string;
  /** Documents that are safe. */
  readonly count: number;
  /** Part of the work that is done, 0 to 1; undefined when the end is not known. */
  readonly part: number | undefined;
  /** Documents in all, when that is known. */
  readonly total?: number;
  readonly elapsedMs: number;
};

const BAR = 24;
const SETTLED_MS = 500;

/**
 * One line of progress, at most `columns` wide: `cities  ██████░░░░  62 %  83,000 of 135,233  21,400/s  0:02 left`.
 * What fits least is left out from the end, the bar first on a narrow terminal.
 */
export function progressLine(state: ProgressState, columns: number): string {
  const full = [state.label, ...bar(state.part), ...figures(state)].join('  ');
  if (full.length < columns) return full;
  const short = [state.label, ...figures(state)].join('  ');
  return short.length < columns ? short : short.slice(0, Math.max(0, columns - 1));
}

function bar(part: number | undefined): string[] {
  if (part === undefined) return [];
  const filled = Math.round(bounded(part) * BAR);
  return ['█'.repeat(filled) + '░'.repeat(BAR - filled)];
}

function figures(state: ProgressState): string[] {
  const parts = state.part === undefined ? [] : [`${Math.floor(bounded(state.part) * 100)} %`];
  parts.push(state.total === undefined ? grouped(state.count) : `${grouped(state.count)} of ${grouped(state.total)}`);
  if (state.elapsedMs < SETTLED_MS) return parts;
  parts.push(`${grouped((state.count * 1000) / state.elapsedMs)}/s`);
  if (state.part !== undefined && state.part > 0) parts.push(`${clock(restSeconds(state.part, state.elapsedMs))} left`);
  return parts;
}

function restSeconds(part: number, elapsedMs: number): number {
  return ((1 - bounded(part)) / bounded(part)) * (elapsedMs / 1000);
}

function bounded(part: number): number {
  return Math.min(1, Math.max(0, part));
}
