import { documentOf, point, text } from './field-values.ts';
import type { Sample } from './sample.ts';
import { vegaCsv } from './vega-source.ts';

export const airports: Sample = {
  name: 'airports',
  description: 'Airports of the United States and its territories with their coordinates; _id is the IATA or FAA code.',
  documents: 3376,
  source: 'data.gov, by npm package vega-datasets (airports.csv)',
  licence: 'Public domain (US government)',
  queries: [
    { asks: 'one airport by its code', command: 'aerolith find {collection} --id SFO' },
    { asks: 'airports of Hawaii, by name', command: `aerolith find {collection} '{state: "HI"}' --sort '{name: 1}'` },
  ],
  async read() {
    const rows = await vegaCsv('airports.csv');
    return rows.map((row) =>
      documentOf({
        _id: text(row.iata),
        name: text(row.name),
        city: text(row.city),
        state: text(row.state),
        country: text(row.country),
        location: point(row.longitude, row.latitude),
      }),
    );
  },
};
