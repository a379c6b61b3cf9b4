import { isSurrogate } from './surrogates.ts';

/** Compares by code point, which is also the order of UTF-8 bytes. The language's `<` compares UTF-16 units, which differs above U+FFFF. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return orderOf(left) - orderOf(right);
  }
  return a.length - b.length;
}

/** Half of a pair stands for a code point above U+FFFF, so it goes above every single unit. */
function orderOf(unit: number): number {
  return isSurrogate(unit) ? unit + 0x10000 : unit;
}
