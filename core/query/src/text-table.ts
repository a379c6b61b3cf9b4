/**
 * The rows of an aligned text table, for tests: cells between bars that have a space on either side, white space around a cell
 * taken off, empty lines and lines that begin with `--` left out.
 */
export function tableRows(table: string): string[][] {
  return table
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('--'))
    .map((line) => line.split(' | ').map((cell) => cell.trim()));
}
