/**
 * Cuts valid JSON into the texts of its parts, without decoding them: a document that came from the server is printed byte for
 * byte, so that no number, key order or type wrapper changes on the way. The text must be JSON; it is not checked again.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** The fields of an object, each as its text: `{"a":[1, 2]}` gives `a` → `[1, 2]`. Empty for what is not an object. */
export function objectSlices(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  visitFields(text, (name, from, to) => {
    fields.set(name, text.slice(from, to));
    return true;
  });
  return fields;
}

/** As `objectSlices`, of the fields with these names; the text is not looked at beyond the last of them. */
export function namedSlices(text: string, names: ReadonlySet<string>): Map<string, string> {
  const fields = new Map<string, string>();
  visitFields(text, (name, from, to) => {
    if (names.has(name)) fields.set(name, text.slice(from, to));
    return fields.size < names.size;
  });
  return fields;
}

/** `visit` gets the name of each field of an object and where its value begins and ends, until it returns false. */
function visitFields(text: string, visit: (name: string, from: number, to: number) => boolean): void {
  let at = skipSpace(text, 0);
  if (text.charCodeAt(at) !== OPEN_BRACE) return;
  at = skipSpace(text, at + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const nameEnd = endOfString(text, at);
    const valueAt = skipSpace(text, after(text, nameEnd, COLON));
    const valueEnd = endOfValue(text, valueAt);
    if (!visit(nameOf(text, at, nameEnd), valueAt, valueEnd)) return;
    at = skipSpace(text, after(text, valueEnd, COMMA));
  }
}

/** The name between the quotes; one with a backslash is rare and decoded as JSON. */
function nameOf(text: string, quote: number, end: number): string {
  const name = text.slice(quote + 1, end - 1);
  return name.includes('\\') ? (JSON.parse(text.slice(quote, end)) as string) : name;
}

/** The items of an array, each as its text. Empty for what is not an array. */
export function arraySlices(text: string): string[] {
  const items: string[] = [];
  let at = skipSpace(text, 0);
  if (text.charCodeAt(at) !== OPEN_BRACKET) return items;
  at = skipSpace(text, at + 1);
  while (at < text.length && text.charCodeAt(at) !== CLOSE_BRACKET) {
    const end = endOfValue(text, at);
    items.push(text.slice(at, end));
    at = skipSpace(text, after(text, end, COMMA));
  }
  return items;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

/** The place after the separator when it comes next, else where we stand. */
function after(text: string, from: number, separator: number): number {
  const at = skipSpace(text, from);
  return text.charCodeAt(at) === separator ? at + 1 : at;
}

/** `at` is on the opening quote; the place after the closing one. */
function endOfString(text: string, at: number): number {
  let end = text.indexOf('"', at + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

function endOfValue(text: string, from: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return endOfString(text, from);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfNested(text, from);
  let at = from;
  while (at < text.length && !endsScalar(text.charCodeAt(at))) at += 1;
  return at;
}

function endsScalar(code: number): boolean {
  return code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || code <= 0x20;
}

function endOfNested(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    if (code === OPEN_BRACE || code === OPEN_BRACKET) depth += 1;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  return at;
}
