import { documentOf, point, text } from './field-values.ts';
import type { Sample } from './sample.ts';
import { vegaCsv } from './vega-source.ts';

export const zipcodes: Sample = {
  name: 'zipcodes',
  description: 'Postal codes of the United States and Puerto Rico with place, county and coordinates; _id is the code, as text.',
  documents: 42_049,
  source: 'GeoNames, by npm package vega-datasets (zipcodes.csv)',
  licence: 'CC BY 4.0 (GeoNames)',
  queries: [
    { asks: 'the codes of one city', command: `aerolith find {collection} '{city: "Boulder", state: "CO"}'` },
    { asks: 'codes that begin with 00', command: `aerolith count {collection} '{_id: {$regex: "^00"}}'` },
  ],
  async read() {
    const rows = await vegaCsv('zipcodes.csv');
    return rows.map((row) =>
      documentOf({
        _id: text(row.zip_code),
        city: text(row.city),
        state: text(row.state),
        county: text(row.county),
        location: point(row.longitude, row.latitude),
      }),
    );
  },
};
