const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;

/** The texts of the elements of a JSON array, as they stand. The text must be JSON that this program made. */
export function jsonArrayElements(text: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let start = 1;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at);
    else if (unit === COMMA && depth === 1) {
      elements.push(text.slice(start, at));
      start = at + 1;
    } else if (isOpening(unit)) depth += 1;
    else if (isClosing(unit)) {
      depth -= 1;
      if (depth === 0 && text.slice(start, at).trim() !== '') elements.push(text.slice(start, at));
    }
  }
  return elements;
}

/** Index of the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end === -1) throw new Error('A string of a JSON array has no end.');
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

function isOpening(unit: number): boolean {
  return unit === 123 || unit === 91;
}

function isClosing(unit: number): boolean {
  return unit === 125 || unit === 93;
}
