/** Digits in which figures of two programs must agree: averages are rounded at different places. */
const DIGITS = 9;

/** The answer as text that is the same for equal answers: fields by name, numbers rounded, and rows sorted when no order was asked for. */
export function canonical(answer: unknown, ordered: boolean): string {
  if (!Array.isArray(answer)) return JSON.stringify(plain(answer));
  const rows = answer.map((row) => JSON.stringify(plain(row)));
  return (ordered ? rows : rows.sort()).join('\n');
}

function plain(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(DIGITS));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, part]) => [name, plain(part)]));
}

/** Throws when two sides do not answer the same. */
export function assertSame(what: string, ours: unknown, other: unknown, ordered: boolean): void {
  const [a, b] = [canonical(ours, ordered), canonical(other, ordered)];
  if (a === b) return;
  const at = [...a].findIndex((character, i) => character !== b[i]);
  const part = (text: string): string => text.slice(Math.max(0, at - 80), at + 120);
  throw new Error(`${what}: the sides answer differently.\nours:  …${part(a)}\nother: …${part(b)}`);
}
