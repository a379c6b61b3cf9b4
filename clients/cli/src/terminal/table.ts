import Table from 'cli-table3';
import { columnWidths } from './column-widths.ts';
import { displayWidth, fit } from './display-width.ts';
import type { Style, Terminal } from './terminal.ts';
import { wrapText } from './wrap-text.ts';

export type Row = readonly string[];

export type TableOptions = {
  /** Cells as wide as their content, however wide the terminal is. */
  readonly wide?: boolean;
  /** Columns whose cells stand at the right. */
  readonly numeric?: ReadonlySet<number>;
  /** The style of a cell, by the places of its row and column. */
  readonly styleOf?: (row: number, column: number) => Style | undefined;
  /** Columns that did not fit were left out. */
  readonly onLeftOut?: (names: readonly string[]) => void;
};

const GAP = 2;
const LONGEST_CELL = 60;
const NARROWEST_VALUE = 20;

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
} as const;

/** Rows under a bold head, one line each, as wide as the terminal at most. Ends with a line break. */
export function table(terminal: Terminal, head: Row, rows: readonly Row[], options: TableOptions = {}): string {
  const wanted = head.map((name, column) => widest(name, rows, column, options.wide === true));
  const widths = options.wide === true ? wanted : columnWidths(wanted, terminal.columns, GAP);
  if (widths.length < head.length) options.onLeftOut?.(head.slice(widths.length));
  const drawn = new Table({
    chars: NO_LINES,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colWidths: [...widths],
    colAligns: widths.map((_, column) => (options.numeric?.has(column) ? 'right' : 'left')),
  });
  drawn.push(widths.map((width, column) => terminal.style('bold', fit(head[column] ?? '', width))));
  const styled = (text: string, style: Style | undefined) => (style === undefined ? text : terminal.style(style, text));
  for (const [index, row] of rows.entries())
    drawn.push(widths.map((width, column) => styled(fit(row[column] ?? '', width), options.styleOf?.(index, column))));
  return `${drawn.toString().replace(/ +$/gm, '')}\n`;
}

function widest(name: string, rows: readonly Row[], column: number, unbounded: boolean): number {
  const longest = rows.reduce((width, row) => Math.max(width, displayWidth(row[column] ?? '')), displayWidth(name));
  return unbounded ? longest : Math.min(longest, Math.max(LONGEST_CELL, displayWidth(name)));
}

/** Names and values one below the other, long values in several lines. Ends with a line break. */
export function fieldList(
  terminal: Terminal,
  fields: readonly (readonly [name: string, value: string, style?: Style | undefined])[],
): string {
  const width = fields.reduce((widest, [name]) => Math.max(widest, displayWidth(name)), 0) + GAP;
  const room = Math.max(NARROWEST_VALUE, terminal.columns - width);
  return fields
    .map(([name, value, style]) => {
      const wrapped = wrapText(value, room);
      const lines = (style === undefined ? wrapped : wrapped.map((line) => terminal.style(style, line))).join(
        `\n${' '.repeat(width)}`,
      );
      return `${terminal.style('bold', name)}${' '.repeat(width - displayWidth(name))}${lines}\n`;
    })
    .join('');
}
