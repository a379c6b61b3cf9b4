/**
 * Cuts JSON that a server made into the texts of its parts, without decoding them: documents are parsed one by one, each by the
 * strict parser, so that an envelope around them neither counts as depth nor changes a number.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** The members of an object, each as its text: `{"a":[1,2]}` gives `a` → `[1,2]`. Empty for what is not an object. */
export function objectSlices(text: string): Map<string, string> {
  const members = new Map<string, string>();
  for (const member of parts(text, '{')) {
    const end = endOfString(member, member.indexOf('"'));
    const colon = member.indexOf(':', end);
    if (colon > 0) members.set(JSON.parse(member.slice(0, end)), member.slice(colon + 1).trim());
  }
  return members;
}

/** The items of an array, each as its text. Empty for what is not an array. */
export function arraySlices(text: string): string[] {
  return parts(text, '[').map((part) => part.trim());
}

/** What stands between the commas of the outermost container, which must begin with `open`. */
function parts(text: string, open: '{' | '['): string[] {
  const first = text.search(/\S/);
  if (text[first] !== open) return [];
  const found: string[] = [];
  let depth = 0;
  let start = first + 1;
  for (let at = first; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at) - 1;
    else if (unit === COMMA && depth === 1) {
      found.push(text.slice(start, at));
      start = at + 1;
    } else if (isOpening(unit)) depth += 1;
    else if (isClosing(unit)) {
      depth -= 1;
      if (depth === 0) {
        if (text.slice(start, at).trim() !== '') found.push(text.slice(start, at));
        return found;
      }
    }
  }
  return found;
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

function isOpening(unit: number): boolean {
  return unit === 0x7b || unit === 0x5b;
}

function isClosing(unit: number): boolean {
  return unit === 0x7d || unit === 0x5d;
}
