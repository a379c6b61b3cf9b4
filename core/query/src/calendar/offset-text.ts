/** `+02:00`, `+0200`, `+02` or `Z` in milliseconds east of UTC; undefined for other texts. */
export function parseOffset(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0;
  const parts = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(text);
  if (parts === null) return undefined;
  const hours = Number(parts[2]);
  const minutes = Number(parts[3] ?? 0);
  if (hours > 23 || minutes > 59) return undefined;
  return (parts[1] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000 + 0;
}
