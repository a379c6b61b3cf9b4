import { day, documentOf, real, text } from './field-values.ts';
import type { Sample } from './sample.ts';
import { vegaCsv } from './vega-source.ts';

export const weather: Sample = {
  name: 'weather',
  description: 'Daily weather of Seattle and New York, 2012 to 2015; _id is place and day.',
  documents: 2922,
  source: 'NOAA climate data, by npm package vega-datasets (weather.csv)',
  licence: 'Public domain (US government)',
  queries: [
    { asks: 'the hottest days', command: `aerolith find {collection} '{}' --sort '{maxCelsius: -1}' --limit 5` },
    { asks: 'snow in Seattle', command: `aerolith count {collection} '{place: "Seattle", weather: "snow"}'` },
  ],
  async read() {
    const rows = await vegaCsv('weather.csv');
    return rows.map((row) =>
      documentOf({
        _id: `${text(row.location)}/${text(row.date)}`,
        place: text(row.location),
        date: day(row.date),
        weather: text(row.weather),
        precipitationMm: real(row.precipitation),
        maxCelsius: real(row.temp_max),
        minCelsius: real(row.temp_min),
        windMetresPerSecond: real(row.wind),
      }),
    );
  },
};
