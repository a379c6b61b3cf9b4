const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Where the JSON value that begins at `start` ends, without parsing it: strings and brackets are followed, nothing else is
 * checked. Returns `start` when no value is there or it does not end.
 */
export function skipJson(text: string, start: number): number {
  const unit = text.charCodeAt(start);
  if (unit === QUOTE) return Math.max(start, skipString(text, start));
  if (unit === 0x7b || unit === 0x5b) return skipContainer(text, start);
  let at = start;
  while (at < text.length && !isDelimiter(text.charCodeAt(at))) at++;
  return at;
}

function skipContainer(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      at = skipString(text, at) - 1;
      if (at < 0) return start;
    } else if (unit === 0x7b || unit === 0x5b) depth++;
    else if ((unit === 0x7d || unit === 0x5d) && --depth === 0) return at + 1;
  }
  return start;
}

/** After the closing quote; -1 when there is none. */
function skipString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at < 0 ? -1 : at + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++;
  return backslashes % 2 === 1;
}

function isDelimiter(unit: number): boolean {
  return unit === 0x2c || unit === 0x3a || unit === 0x7d || unit === 0x5d || unit === QUOTE || unit <= 0x20;
}
