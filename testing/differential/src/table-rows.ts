/** The rows of a text table: cells between bars that have a space on either side; empty lines are left out. */
export function tableRows(table: string): string[][] {
  return table
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(' | ').map((cell) => cell.trim()));
}
