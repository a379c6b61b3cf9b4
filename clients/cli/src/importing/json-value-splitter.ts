import { LONGEST_RECORD_BYTES, type SourceRecord } from './record.ts';

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const BYTE_ORDER_MARK = 0xfeff;

/**
 * Cuts the text of one JSON array, or of JSON values that follow one another, into its values, piece by piece. It finds where
 * a value begins and ends and leaves it to the parser whether it is one. State between pieces:
 *
 * 1. While `#inValue`, `#held` is the text of the value so far, `#depth` how many of its brackets are open, `#inString` and
 *    `#escaped` where in a string we are. A `#bare` value has no brackets: a number, a word, a string.
 * 2. `#inArray` says that the outer `[` was read; `#ended` that its `]` was too.
 */
export class JsonValueSplitter {
  #held = '';
  #depth = 0;
  #bare = false;
  #inString = false;
  #escaped = false;
  #inValue = false;
  #inArray = false;
  #ended = false;
  #line = 1;
  #valueLine = 1;

  /** The values that end in this piece. */
  push(piece: string): SourceRecord[] {
    const records: SourceRecord[] = [];
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (code === LINE_FEED) this.#line += 1;
      if (this.#inValue) {
        if (!this.#endsAt(code)) continue;
        this.#held += piece.slice(from, this.#bare ? at : at + 1);
        this.#finish(records);
        if (this.#bare) this.#between(code);
      } else if (this.#between(code)) {
        from = at;
        this.#begin(code);
      }
    }
    if (this.#inValue) this.#hold(piece.slice(from));
    return records;
  }

  /** The value that the end of the input ends, or a bad record for what is not whole. */
  end(): SourceRecord[] {
    const records: SourceRecord[] = [];
    if (this.#inValue && this.#bare && !this.#inString) this.#finish(records);
    if (this.#inValue) records.push(this.#unfinished('The value has no end: a bracket or a quote is open.'));
    else if (this.#inArray && !this.#ended) records.push(this.#unfinished('The array has no end: its "]" is missing.'));
    return records;
  }

  #unfinished(message: string): SourceRecord {
    const line = this.#inValue ? this.#valueLine : this.#line;
    return { line, text: this.#held, problem: { code: 'invalid_json', message } };
  }

  /** Takes one character between values; true when a value begins with it. */
  #between(code: number): boolean {
    if (code <= 0x20 || code === BYTE_ORDER_MARK || (code === COMMA && this.#inArray)) return false;
    if (code === OPEN_BRACKET && !this.#inArray) {
      this.#inArray = true;
      return false;
    }
    if (code === CLOSE_BRACKET && this.#inArray && !this.#ended) {
      this.#ended = true;
      return false;
    }
    return true;
  }

  #begin(code: number): void {
    this.#inValue = true;
    this.#valueLine = this.#line;
    this.#bare = code !== OPEN_BRACE && code !== OPEN_BRACKET;
    this.#depth = this.#bare ? 0 : 1;
    this.#inString = code === QUOTE;
    this.#escaped = false;
  }

  /** Takes one character of a value; true when the value ends with it or, when bare, before it. */
  #endsAt(code: number): boolean {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false;
      else if (code === BACKSLASH) this.#escaped = true;
      else if (code === QUOTE) this.#inString = false;
      return false;
    }
    if (code === QUOTE) this.#inString = true;
    if (this.#bare) return code === COMMA || code === CLOSE_BRACKET || code <= 0x20;
    if (code === OPEN_BRACE || code === OPEN_BRACKET) this.#depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) this.#depth -= 1;
    return this.#depth === 0;
  }

  #hold(text: string): void {
    this.#held += text;
    if (this.#held.length > LONGEST_RECORD_BYTES) {
      throw new RangeError(`The value that begins in line ${this.#valueLine} is longer than ${LONGEST_RECORD_BYTES} characters.`);
    }
  }

  #finish(records: SourceRecord[]): void {
    records.push({ line: this.#valueLine, text: this.#held });
    this.#held = '';
    this.#inValue = false;
  }
}
