import { documentObject } from './documents.ts';

/** The countries that most of the first `documents` documents have, the commonest first. */
export function frequentCountries(documents: number, count: number): string[] {
  const seen = new Map<string, number>();
  for (let n = 0; n < documents; n += 10) {
    const { country } = documentObject(n) as { country: string };
    seen.set(country, (seen.get(country) ?? 0) + 1);
  }
  const sorted = [...seen].sort((a, b) => b[1] - a[1]);
  return sorted.slice(0, count).map(([country]) => country);
}
