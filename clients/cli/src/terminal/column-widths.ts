const NARROWEST = 10;

/**
 * Widths that fit into `room` characters, for columns that would like `wanted`. The widest give first, down to ten
 * characters each; when that is not enough, columns at the end are left out, so the answer may be shorter than `wanted`.
 * `gap` characters stand between two columns.
 */
export function columnWidths(wanted: readonly number[], room: number, gap: number): number[] {
  const widths = [...wanted];
  while (widths.length > 1 && leastWidth(widths, gap) > room) widths.pop();
  let excess = totalWidth(widths, gap) - room;
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= NARROWEST) break;
    const second = Math.max(NARROWEST, ...widths.filter((_, column) => column !== widest));
    const cut = Math.max(1, Math.min(excess, width - second));
    widths[widest] = width - cut;
    excess -= cut;
  }
  return widths;
}

function leastWidth(widths: readonly number[], gap: number): number {
  return totalWidth(
    widths.map((width) => Math.min(width, NARROWEST)),
    gap,
  );
}

function totalWidth(widths: readonly number[], gap: number): number {
  return widths.reduce((sum, width) => sum + width, 0) + gap * Math.max(0, widths.length - 1);
}
