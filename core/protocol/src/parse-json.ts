import { AerolithError } from './aerolith-error.ts';
import { decodeWrapper } from './decode-wrapper.ts';
import type { ErrorCode } from './error-catalogue.ts';
import { errorAt } from './json-error.ts';
import { LIMITS } from './limits.ts';
import { keepsNumber } from './number-text.ts';
import { isHighSurrogate, isLowSurrogate, isSurrogate } from './surrogates.ts';
import { type Document, double, type Value } from './value.ts';

/**
 * The one parser of everything that comes in: JSON (RFC 8259), Extended JSON v2 relaxed and canonical, and the stored form.
 *
 * Invariants:
 * 1. Nothing is dropped or changed in silence: what a value cannot hold is refused by name.
 * 2. One pass; a character is looked at once, except in a string with escapes and a number.
 * 3. The call depth is bounded by `LIMITS.depth`, whatever the text.
 *
 * @throws invalid_json syntax, with line and column · duplicate_key · invalid_field_name `__proto__` or U+0000 in a name ·
 *   too_deep · invalid_value lone surrogates, numbers that would change (see `keepsNumber`), malformed type wrappers
 *
 * @example
 * parseValue('5000000000'); // 5000000000n
 * parseValue('[1, 0.5, {"$date":"1970-01-01T00:00:01Z"}]'); // [1, 0.5, new DateTime(1000)]
 */
export function parseValue(text: string): Value {
  return new JsonParser(text).parse();
}

/**
 * Parses a text whose value must be a document. Throws as `parseValue` does, and `invalid_value` when it is no object.
 *
 * @example
 * parseDocument('{"b":1,"a":2}'); // new Map([['b', 1], ['a', 2]])
 */
export function parseDocument(text: string): Document {
  const value = parseValue(text);
  if (value instanceof Map) return value;
  throw new AerolithError('invalid_value', 'A document must be a JSON object, written {"field": value, …}.');
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const LETTER_E = 0x65;
const DOLLAR = 0x24;
const UNDERSCORE = 0x5f;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;
const BRACKET_OPEN = 0x5b;
const BRACKET_CLOSE = 0x5d;

/** A wrapper is written as up to two objects but is one value, so its braces may go this far below the deepest container. */
const WRAPPER_LEVELS = 2;

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class JsonParser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  /** Where the first container below the depth limit began that may yet turn out to be part of a wrapper; -1 when none. */
  #deepAt = -1;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Value {
    const value = this.#value(this.#next());
    this.#next();
    if (this.#at < this.#text.length) throw this.#unexpected('the end of the text');
    if (this.#deepAt >= 0) throw this.#tooDeep(this.#deepAt);
    return value;
  }

  /** Skips white space and returns the code unit there; NaN at the end. */
  #next(): number {
    const text = this.#text;
    let unit = text.charCodeAt(this.#at);
    while (unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09) unit = text.charCodeAt(++this.#at);
    return unit;
  }

  #value(unit: number): Value {
    if (unit === QUOTE) return this.#string();
    if (unit === BRACE_OPEN) return this.#object();
    if (unit === BRACKET_OPEN) return this.#array();
    if (unit === MINUS || isDigit(unit)) return this.#number();
    return this.#word(unit);
  }

  #word(unit: number): Value {
    if (unit === 0x74 && this.#take('true')) return true;
    if (unit === 0x66 && this.#take('false')) return false;
    if (unit === 0x6e && this.#take('null')) return null;
    throw this.#unexpected('a value');
  }

  #take(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #object(): Value {
    const start = this.#at;
    const deepBefore = this.#deepAt;
    this.#enter();
    const object: Document = new Map();
    let wrapper = false;
    let unit = this.#next();
    if (unit !== BRACE_CLOSE) {
      for (;;) {
        if (unit !== QUOTE) throw this.#unexpected('a field name in double quotes');
        const nameAt = this.#at;
        const name = this.#string();
        const first = name.charCodeAt(0);
        if (first === DOLLAR) wrapper = true;
        else if (first === UNDERSCORE && name === '__proto__') throw this.#forbiddenName(nameAt);
        if (this.#at - nameAt !== name.length + 2) this.#refuseNul(name, nameAt);
        if (this.#next() !== COLON) throw this.#unexpected('":"');
        this.#at++;
        const fields = object.size;
        object.set(name, this.#value(this.#next()));
        if (object.size === fields) throw this.#duplicate(name, nameAt);
        unit = this.#next();
        if (unit === BRACE_CLOSE) break;
        if (unit !== COMMA) throw this.#unexpected('"," or "}"');
        this.#at++;
        unit = this.#next();
      }
    }
    this.#at++;
    this.#depth--;
    return wrapper ? this.#unwrap(object, start, deepBefore) : this.#leave(object, start);
  }

  #array(): Value {
    const start = this.#at;
    this.#enter();
    const array: Value[] = [];
    let unit = this.#next();
    if (unit !== BRACKET_CLOSE) {
      for (;;) {
        array.push(this.#value(unit));
        unit = this.#next();
        if (unit === BRACKET_CLOSE) break;
        if (unit !== COMMA) throw this.#unexpected('"," or "]"');
        this.#at++;
        unit = this.#next();
      }
    }
    this.#at++;
    this.#depth--;
    return this.#leave(array, start);
  }

  #enter(): void {
    if (++this.#depth > LIMITS.depth + WRAPPER_LEVELS) throw this.#tooDeep(this.#at);
    this.#at++;
  }

  #leave<T>(container: T, start: number): T {
    if (this.#depth >= LIMITS.depth && this.#deepAt < 0) this.#deepAt = start;
    return container;
  }

  #unwrap(object: Document, start: number, deepBefore: number): Value {
    const value = this.#located(start, () => decodeWrapper(object));
    if (value instanceof Map) return this.#leave(value, start);
    this.#deepAt = deepBefore;
    return value;
  }

  #located<T>(start: number, decode: () => T): T {
    try {
      return decode();
    } catch (error) {
      if (!(error instanceof AerolithError)) throw error;
      throw this.#error(error.code, error.message.replace(/\.$/, ''), start, error.details);
    }
  }

  #forbiddenName(at: number): AerolithError {
    return this.#error('invalid_field_name', 'A field cannot be named "__proto__"; rename it', at);
  }

  /** U+0000 can only have come from an escape, so only names that are shorter than their text are looked at. */
  #refuseNul(name: string, at: number): void {
    if (name.includes('\0')) throw this.#error('invalid_field_name', 'A field name cannot hold U+0000; rename it', at);
  }

  #string(): string {
    const text = this.#text;
    const start = ++this.#at;
    let at = start;
    for (;;) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) {
        this.#at = at + 1;
        return text.slice(start, at);
      }
      if (unit === BACKSLASH) return this.#escapedString(start, at);
      if (unit >= 0x20 && unit < 0xd800) at++;
      else at = this.#rareUnit(unit, at);
    }
  }

  /** A unit that is a control character, the end, or from U+D800 on; returns where to go on. */
  #rareUnit(unit: number, at: number): number {
    if (isHighSurrogate(unit) && isLowSurrogate(this.#text.charCodeAt(at + 1))) return at + 2;
    if (isSurrogate(unit)) throw this.#error('invalid_value', 'A string holds half of a surrogate pair', at);
    if (unit > 0xdfff) return at + 1;
    if (unit < 0x20)
      throw this.#error('invalid_json', 'A string holds a control character; write it as an escape (\\n, \\t, \\u0000)', at);
    throw this.#error('invalid_json', 'A string is not closed with a double quote', at);
  }

  #escapedString(start: number, firstEscape: number): string {
    const text = this.#text;
    let result = '';
    let from = start;
    let at = firstEscape;
    for (;;) {
      const unit = text.charCodeAt(at);
      if (unit === QUOTE) break;
      if (unit === BACKSLASH) {
        result += text.slice(from, at) + this.#escape(at);
        at = this.#at;
        from = at;
      } else at = unit >= 0x20 && unit < 0xd800 ? at + 1 : this.#rareUnit(unit, at);
    }
    this.#at = at + 1;
    return result + text.slice(from, at);
  }

  /** Reads the escape at `at` and leaves the place after it in `#at`. */
  #escape(at: number): string {
    const letter = this.#text.charAt(at + 1);
    if (letter !== 'u') {
      const plain = ESCAPES[letter];
      if (plain === undefined) throw this.#error('invalid_json', `"\\${letter}" is not an escape of JSON`, at);
      this.#at = at + 2;
      return plain;
    }
    const unit = this.#hexUnit(at);
    this.#at = at + 6;
    if (!isSurrogate(unit)) return String.fromCharCode(unit);
    const low = this.#text.startsWith('\\u', at + 6) ? this.#hexUnit(at + 6) : 0;
    if (!isHighSurrogate(unit) || !isLowSurrogate(low)) {
      throw this.#error('invalid_value', 'A string holds half of a surrogate pair', at);
    }
    this.#at = at + 12;
    return String.fromCharCode(unit, low);
  }

  #hexUnit(at: number): number {
    const digits = this.#text.slice(at + 2, at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits))
      throw this.#error('invalid_json', '"\\u" must be followed by four hexadecimal digits', at);
    return Number.parseInt(digits, 16);
  }

  #number(): Value {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    let unit = text.charCodeAt(at);
    if (unit === MINUS) unit = text.charCodeAt(++at);
    const firstDigit = at;
    let magnitude = 0;
    while (isDigit(unit)) {
      magnitude = magnitude * 10 + (unit - 0x30);
      unit = text.charCodeAt(++at);
    }
    const digits = at - firstDigit;
    this.#at = at;
    if (digits === 0) throw this.#unexpected('a digit');
    if (digits > 1 && text.charCodeAt(firstDigit) === 0x30) {
      throw this.#error('invalid_json', 'A number cannot begin with 0 and a further digit', start);
    }
    if (unit === POINT || (unit | 0x20) === LETTER_E) return this.#double(start);
    const negative = firstDigit !== start;
    if (magnitude <= 0x7fff_ffff) return negative ? -magnitude : magnitude;
    return this.#long(start, digits, negative ? -magnitude : magnitude);
  }

  #long(start: number, digits: number, value: number): Value {
    if (value === -0x8000_0000) return value;
    if (digits <= 15) return BigInt(value);
    const exact = digits <= 19 ? BigInt(this.#text.slice(start, this.#at)) : undefined;
    if (exact !== undefined && BigInt.asIntN(64, exact) === exact) return exact;
    throw this.#error(
      'invalid_value',
      'An integer is beyond 64 bits; write it as a double (with .0 or an exponent) or as {"$numberDecimal":"…"}',
      start,
    );
  }

  #double(start: number): Value {
    const text = this.#text;
    let at = this.#at;
    if (text.charCodeAt(at) === POINT) at = this.#digits(at + 1);
    if ((text.charCodeAt(at) | 0x20) === LETTER_E) {
      const sign = text.charCodeAt(++at);
      at = this.#digits(sign === PLUS || sign === MINUS ? at + 1 : at);
    }
    this.#at = at;
    const written = text.slice(start, at);
    const value = Number(written);
    if (keepsNumber(value, written)) return double(value);
    const what =
      Number.isFinite(value) && value !== 0 ? 'has more digits than a double keeps' : 'is out of the range of a double';
    throw this.#error('invalid_value', `A number ${what}; write it as {"$numberDecimal":"…"}, or with fewer digits`, start);
  }

  /** Skips digits, of which there must be one; returns where they end. */
  #digits(from: number): number {
    let at = from;
    while (isDigit(this.#text.charCodeAt(at))) at++;
    this.#at = at;
    if (at === from) throw this.#unexpected('a digit');
    return at;
  }

  #duplicate(name: string, at: number): AerolithError {
    return this.#error('duplicate_key', `An object names the field ${JSON.stringify(name)} twice`, at, { field: name });
  }

  #tooDeep(at: number): AerolithError {
    return this.#error('too_deep', `Arrays and objects are nested deeper than ${LIMITS.depth} levels`, at, {
      limit: LIMITS.depth,
    });
  }

  #unexpected(expected: string): AerolithError {
    const found = this.#text.codePointAt(this.#at);
    const shown = found === undefined ? 'the end of the text' : JSON.stringify(String.fromCodePoint(found));
    return this.#error('invalid_json', `Expected ${expected}, found ${shown}`, this.#at);
  }

  #error(code: ErrorCode, what: string, at: number, details: object = {}): AerolithError {
    return errorAt(code, what, this.#text, at, details);
  }
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}
