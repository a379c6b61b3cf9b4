import { day, documentOf, real, text, whole } from './field-values.ts';
import type { Sample } from './sample.ts';
import { vegaJson } from './vega-source.ts';

export const cars: Sample = {
  name: 'cars',
  description: 'Cars of the years 1970 to 1982 with consumption, power and weight.',
  documents: 406,
  source: 'StatLib, by npm package vega-datasets (cars.json)',
  licence: 'Distributed in 1982 for educational and scientific purposes',
  queries: [
    {
      asks: 'light cars that go far',
      command: `aerolith find {collection} '{milesPerGallon: {$gt: 40}}' --sort '{weightLbs: 1}' --projection '{name: 1, milesPerGallon: 1, weightLbs: 1}'`,
    },
    { asks: 'cars of one origin and power', command: `aerolith count {collection} '{origin: "Japan", horsepower: {$gte: 100}}'` },
  ],
  async read() {
    const rows = await vegaJson('cars.json');
    return rows.map((row, index) =>
      documentOf({
        _id: index + 1,
        name: text(row.Name),
        origin: text(row.Origin),
        year: day(row.Year),
        cylinders: whole(row.Cylinders),
        horsepower: whole(row.Horsepower),
        milesPerGallon: real(row.Miles_per_Gallon),
        displacement: real(row.Displacement),
        weightLbs: whole(row.Weight_in_lbs),
        acceleration: real(row.Acceleration),
      }),
    );
  },
};
