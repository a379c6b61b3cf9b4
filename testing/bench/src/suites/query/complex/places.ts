import type { ComplexQuery } from './complex-query.ts';

/** Metres of the radius 1 on MongoDB's sphere and on PostGIS's. */
const EARTH = { ours: 6_378_100, postgis: 6_371_008.771_415 };
const RADIUS = 500_000;
const LARGEST = { collection: 'cities', sort: { population: -1, _id: 1 }, limit: 10 };
const MIDDLES = [
  [-64, -31],
  [-60, -33],
  [-66, -27],
  [-58, -35],
] as const;

/** The largest cities with a word in their name around a point. Without a text index the word is a pattern. */
export const textGeoSort: ComplexQuery = {
  name: 'text + geo + sort',
  ours: (store, n) => store.find({ ...LARGEST, filter: { $text: { $search: 'san' }, location: around(n) } }),
  withoutIndexes: (store, n) =>
    store.find({ ...LARGEST, filter: { name: { $regex: '\\bsan\\b', $options: 'i' }, location: around(n) } }),
  sql: `SELECT doc FROM cities WHERE words @@ to_tsquery('english', 'san')
    AND ST_DWithin(place, ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography, $3, false)
    ORDER BY (doc->>'population')::bigint DESC, id LIMIT 10`,
  values: (n) => [...MIDDLES[n % MIDDLES.length]!, (RADIUS * EARTH.postgis) / EARTH.ours],
  ordered: true,
  needsPostgis: true,
};

function around(n: number) {
  return { $geoWithin: { $centerSphere: [MIDDLES[n % MIDDLES.length]!, RADIUS / EARTH.ours] } };
}
