import { type ComplexQuery, country } from './complex-query.ts';

/** Documents of a country with the persons who own them, gathered by region. */
export const lookupGroup: ComplexQuery = {
  name: 'lookup + group',
  ours: (store, n, constants) =>
    store.aggregate({
      collection: 'documents',
      pipeline: [
        { $match: { country: country(n, constants), population: { $gte: 20_000 } } },
        { $lookup: { from: 'staff', localField: 'owner.name', foreignField: 'name', as: 'keeper' } },
        { $unwind: '$keeper' },
        { $group: { _id: '$keeper.region', documents: { $sum: 1 }, mean: { $avg: '$score' } } },
        { $sort: { _id: 1 } },
      ],
    }),
  sql: `SELECT jsonb_build_object('_id', s.doc->>'region', 'documents', count(*), 'mean', avg((d.doc->>'score')::bigint)) AS doc
    FROM documents d JOIN staff s ON s.doc->>'name' = d.doc#>>'{owner,name}'
    WHERE d.doc->>'country' = $1 AND (d.doc->>'population')::bigint >= 20000
    GROUP BY s.doc->>'region' ORDER BY (s.doc->>'region') COLLATE "C"`,
  values: (n, constants) => [country(n, constants)],
  ordered: true,
};

/** For the documents with the highest scores: how many of their group score less. */
export const correlatedLookup: ComplexQuery = {
  name: 'correlated lookup',
  ours: (store, n) =>
    store.aggregate({
      collection: 'documents',
      pipeline: [
        { $match: { score: { $gte: 99_990 - n, $lt: 99_996 - n } } },
        {
          $lookup: {
            from: 'documents',
            let: { group: '$grp', score: '$score' },
            pipeline: [
              { $match: { $expr: { $and: [{ $eq: ['$grp', '$$group'] }, { $lt: ['$score', '$$score'] }] } } },
              { $count: 'documents' },
            ],
            as: 'lower',
          },
        },
        { $project: { lower: { $ifNull: [{ $first: '$lower.documents' }, 0] } } },
        { $sort: { _id: 1 } },
      ],
    }),
  sql: `SELECT jsonb_build_object('_id', d.id, 'lower', (SELECT count(*) FROM documents e
      WHERE (e.doc->>'grp')::bigint = (d.doc->>'grp')::bigint AND (e.doc->>'score')::bigint < (d.doc->>'score')::bigint)) AS doc
    FROM documents d WHERE (d.doc->>'score')::bigint >= $1 AND (d.doc->>'score')::bigint < $2 ORDER BY d.id`,
  values: (n) => [99_990 - n, 99_996 - n],
  ordered: true,
};

/** Everybody up to four steps below a person. */
export const graph: ComplexQuery = {
  name: 'graph',
  ours: (store, n) =>
    store.aggregate({
      collection: 'staff',
      pipeline: [
        { $match: { _id: 10 + (n % 30) } },
        {
          $graphLookup: {
            from: 'staff',
            startWith: '$_id',
            connectFromField: '_id',
            connectToField: 'boss',
            as: 'below',
            maxDepth: 3,
          },
        },
        { $project: { persons: { $size: '$below' }, salaries: { $sum: '$below.salary' } } },
      ],
    }),
  sql: `WITH RECURSIVE below(id, salary, depth) AS (
      SELECT id, (doc->>'salary')::bigint, 0 FROM staff WHERE (doc->>'boss')::bigint = $1
      UNION ALL
      SELECT s.id, (s.doc->>'salary')::bigint, b.depth + 1 FROM below b JOIN staff s ON (s.doc->>'boss')::bigint = b.id WHERE b.depth < 3)
    SELECT jsonb_build_object('_id', $1::bigint, 'persons', count(*), 'salaries', coalesce(sum(salary), 0)) AS doc FROM below`,
  values: (n) => [10 + (n % 30)],
  ordered: true,
};

/** Documents and cities together, counted by country. */
export const unionGroup: ComplexQuery = {
  name: 'union + group',
  ours: (store, n, constants) =>
    store.aggregate({
      collection: 'documents',
      pipeline: [
        { $match: { grp: { $lt: 20 + (n % 10) } } },
        {
          $unionWith: {
            coll: 'cities',
            pipeline: [{ $match: { country: country(n, constants), population: { $gte: 50_000 } } }],
          },
        },
        { $group: { _id: '$country', documents: { $sum: 1 }, people: { $sum: '$population' } } },
        { $sort: { _id: 1 } },
      ],
    }),
  sql: `SELECT jsonb_build_object('_id', country, 'documents', count(*), 'people', sum(population)) AS doc FROM (
      SELECT doc->>'country' AS country, (doc->>'population')::bigint AS population FROM documents WHERE (doc->>'grp')::bigint < $1
      UNION ALL
      SELECT doc->>'country', (doc->>'population')::bigint FROM cities WHERE doc->>'country' = $2 AND (doc->>'population')::bigint >= 50000) u
    GROUP BY country ORDER BY country COLLATE "C"`,
  values: (n, constants) => [20 + (n % 10), country(n, constants)],
  ordered: true,
};
