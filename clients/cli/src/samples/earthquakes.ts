import { documentOf, instant, point, real, text, whole } from './field-values.ts';
import type { Sample } from './sample.ts';
import { inner, type SourceRow, vegaJson } from './vega-source.ts';

export const earthquakes: Sample = {
  name: 'earthquakes',
  description:
    'All seismic events of one week (to 7 February 2018) with place, time, magnitude and depth; _id is the USGS event id.',
  documents: 1707,
  source: 'USGS earthquake feed, by npm package vega-datasets (earthquakes.json)',
  licence: 'Public domain (US government)',
  queries: [
    {
      asks: 'the strongest of the week',
      command: `aerolith find {collection} '{}' --sort '{magnitude: -1}' --limit 5 --projection '{place: 1, magnitude: 1, time: 1}'`,
    },
    {
      asks: 'what happened in Alaska in one day',
      command: `aerolith count {collection} '{place: {$regex: "Alaska$"}, time: {$gte: {$date: "2018-02-05T00:00:00Z"}, $lt: {$date: "2018-02-06T00:00:00Z"}}}'`,
    },
  ],
  async read() {
    return (await vegaJson('earthquakes.json', 'features')).map(earthquake);
  },
};

/** The geometry is longitude, latitude, and depth in kilometres. */
function earthquake(feature: SourceRow) {
  const properties = inner(feature, 'properties');
  const coordinates: unknown = inner(feature, 'geometry').coordinates;
  const [longitude, latitude, depthKm]: unknown[] = Array.isArray(coordinates) ? coordinates : [];
  return documentOf({
    _id: text(feature.id),
    title: text(properties.title),
    place: text(properties.place),
    time: instant(properties.time),
    updated: instant(properties.updated),
    magnitude: real(properties.mag),
    magnitudeType: text(properties.magType),
    type: text(properties.type),
    status: text(properties.status),
    alert: text(properties.alert),
    tsunami: properties.tsunami === 1,
    significance: whole(properties.sig),
    felt: whole(properties.felt),
    stations: whole(properties.nst),
    gapDegrees: real(properties.gap),
    depthKm: real(depthKm),
    location: point(longitude, latitude),
    url: text(properties.url),
  });
}
