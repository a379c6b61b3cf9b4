import { LONGEST_RECORD_BYTES } from './record.ts';

/** A row as it stands in the input, without its line end, and the line it begins in. */
export type RawRow = { readonly line: number; readonly raw: string };

const QUOTE_OR_END = /["\n]/g;

/**
 * Cuts CSV into rows, piece by piece: a line end belongs to the row while an odd number of quotes came before it (RFC 4180).
 * Empty lines are passed over. Whether a row is well formed is for the parser to say.
 */
export class CsvRowSplitter {
  #held = '';
  #isQuoted = false;
  #line = 1;
  #rowLine = 1;

  /** The rows that end in this piece. */
  push(piece: string): RawRow[] {
    const rows: RawRow[] = [];
    let from = 0;
    for (const match of piece.matchAll(QUOTE_OR_END)) {
      if (match[0] === '"') {
        this.#isQuoted = !this.#isQuoted;
        continue;
      }
      this.#line += 1;
      if (this.#isQuoted) continue;
      this.#finish(this.#held + piece.slice(from, match.index), rows);
      from = match.index + 1;
    }
    this.#held += piece.slice(from);
    if (this.#held.length > LONGEST_RECORD_BYTES) {
      throw new RangeError(`The row that begins in line ${this.#rowLine} is longer than ${LONGEST_RECORD_BYTES} characters.`);
    }
    return rows;
  }

  /** The row that the end of the input ends. */
  end(): RawRow[] {
    const rows: RawRow[] = [];
    this.#finish(this.#held, rows);
    return rows;
  }

  #finish(text: string, rows: RawRow[]): void {
    const raw = text.replace(/\r$/, '');
    if (raw !== '') rows.push({ line: this.#rowLine, raw });
    this.#held = '';
    this.#rowLine = this.#line;
  }
}
