import { type ComplexQuery, country } from './complex-query.ts';

/** Three views of the same documents in one answer. */
export const facet: ComplexQuery = {
  name: 'facet',
  ours: (store, n, constants) =>
    store.aggregate({
      collection: 'documents',
      pipeline: [
        { $match: { country: country(n, constants), population: { $gte: 20_000 } } },
        {
          $facet: {
            tags: [
              { $unwind: '$tags' },
              { $group: { _id: '$tags', documents: { $sum: 1 } } },
              { $sort: { documents: -1, _id: 1 } },
              { $limit: 5 },
            ],
            largest: [{ $sort: { population: -1, _id: 1 } }, { $limit: 3 }, { $project: { name: 1, population: 1 } }],
            all: [{ $count: 'documents' }],
          },
        },
      ],
    }),
  sql: `WITH m AS MATERIALIZED (SELECT id, doc FROM documents WHERE doc->>'country' = $1 AND (doc->>'population')::bigint >= 20000)
    SELECT jsonb_build_object(
      'tags', (SELECT jsonb_agg(jsonb_build_object('_id', tag, 'documents', documents) ORDER BY documents DESC, tag COLLATE "C")
        FROM (SELECT tag, count(*) AS documents FROM m, jsonb_array_elements_text(m.doc->'tags') AS tag
          GROUP BY tag ORDER BY documents DESC, tag COLLATE "C" LIMIT 5) t),
      'largest', (SELECT jsonb_agg(one ORDER BY population DESC, id)
        FROM (SELECT id, (doc->>'population')::bigint AS population,
            jsonb_build_object('_id', id, 'name', doc->'name', 'population', doc->'population') AS one
          FROM m ORDER BY population DESC, id LIMIT 3) l),
      'all', (SELECT jsonb_build_array(jsonb_build_object('documents', count(*))) FROM m)) AS doc`,
  values: (n, constants) => [country(n, constants)],
  ordered: true,
};

/** The three largest places of each country among the documents with a tag, and the people up to there. */
export const window: ComplexQuery = {
  name: 'window',
  ours: (store, n) =>
    store.aggregate({
      collection: 'documents',
      pipeline: [
        { $match: { tags: `t${n % 50}`, population: { $gte: 5000 } } },
        {
          $setWindowFields: {
            partitionBy: '$country',
            sortBy: { population: -1, _id: 1 },
            output: {
              place: { $documentNumber: {} },
              people: { $sum: '$population', window: { documents: ['unbounded', 'current'] } },
            },
          },
        },
        { $match: { place: { $lte: 3 } } },
        { $project: { country: 1, name: 1, place: 1, people: 1 } },
        { $sort: { country: 1, place: 1 } },
      ],
    }),
  sql: `SELECT jsonb_build_object('_id', id, 'country', country, 'name', name, 'place', place, 'people', people) AS doc FROM (
      SELECT id, doc->>'country' AS country, doc->>'name' AS name, row_number() OVER w AS place,
        sum((doc->>'population')::bigint) OVER (w ROWS UNBOUNDED PRECEDING) AS people
      FROM documents WHERE doc->'tags' @> to_jsonb($1::text) AND (doc->>'population')::bigint >= 5000
      WINDOW w AS (PARTITION BY doc->>'country' ORDER BY (doc->>'population')::bigint DESC, id)) ranked
    WHERE place <= 3 ORDER BY country COLLATE "C", place`,
  values: (n) => [`t${n % 50}`],
  ordered: true,
};

/** The documents of ten owners by size. */
export const bucket: ComplexQuery = {
  name: 'bucket',
  ours: (store, n) =>
    store.aggregate({
      collection: 'documents',
      pipeline: [
        { $match: { 'owner.name': { $in: owners(n) } } },
        {
          $bucket: {
            groupBy: '$population',
            boundaries: [0, 1000, 10_000, 100_000, 1_000_000_000],
            output: { documents: { $sum: 1 }, mean: { $avg: '$score' } },
          },
        },
      ],
    }),
  sql: `SELECT jsonb_build_object('_id', (ARRAY[0, 1000, 10000, 100000])[size], 'documents', count(*), 'mean', avg(score)) AS doc FROM (
      SELECT width_bucket((doc->>'population')::bigint, ARRAY[0, 1000, 10000, 100000]::bigint[]) AS size, (doc->>'score')::bigint AS score
      FROM documents WHERE doc#>>'{owner,name}' = ANY($1)) sized
    GROUP BY size ORDER BY size`,
  values: (n) => [owners(n)],
  ordered: true,
};

function owners(n: number): string[] {
  return Array.from({ length: 10 }, (_, i) => `owner ${(n * 31 + i * 97) % 1000}`);
}
