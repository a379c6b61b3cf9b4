import { type ComplexQuery, country } from './complex-query.ts';

/** Three predicates, each with an index of its own. */
export const intersection: ComplexQuery = {
  name: 'several predicates with intersection',
  ours: (store, n, constants) =>
    store.find({
      collection: 'documents',
      filter: { tags: `t${n % 50}`, country: country(n, constants), score: { $gte: 20_000, $lt: 40_000 } },
      sort: { _id: 1 },
    }),
  sql: `SELECT doc FROM documents WHERE doc->'tags' @> to_jsonb($1::text) AND doc->>'country' = $2
    AND (doc->>'score')::bigint >= 20000 AND (doc->>'score')::bigint < 40000 ORDER BY id`,
  values: (n, constants) => [`t${n % 50}`, country(n, constants)],
  ordered: true,
};

/** Alternatives, each with an index of its own. */
export const alternatives: ComplexQuery = {
  name: 'alternatives',
  ours: (store, n, constants) =>
    store.find({
      collection: 'documents',
      filter: {
        $or: [
          { grp: n % 500 },
          { score: { $gte: n, $lt: n + 30 } },
          { 'owner.name': `owner ${n % 1000}`, country: country(n, constants) },
        ],
      },
    }),
  sql: `SELECT doc FROM documents WHERE (doc->>'grp')::bigint = $1 OR ((doc->>'score')::bigint >= $2 AND (doc->>'score')::bigint < $2 + 30)
    OR (doc#>>'{owner,name}' = $3 AND doc->>'country' = $4)`,
  values: (n, constants) => [n % 500, n, `owner ${n % 1000}`, country(n, constants)],
  ordered: false,
};

/** Documents with two tags, the best first. */
export const allTags: ComplexQuery = {
  name: 'all of several tags, sorted',
  ours: (store, n) =>
    store.find({
      collection: 'documents',
      filter: { tags: { $all: [`t${n % 50}`, `u${n % 7}`] }, score: { $gt: 60_000 } },
      projection: { name: 1, score: 1 },
      sort: { score: -1, _id: 1 },
      limit: 20,
    }),
  sql: `SELECT jsonb_build_object('_id', id, 'name', doc->'name', 'score', doc->'score') AS doc FROM documents
    WHERE doc->'tags' @> to_jsonb(ARRAY[$1::text, $2::text]) AND (doc->>'score')::bigint > 60000
    ORDER BY (doc->>'score')::bigint DESC, id LIMIT 20`,
  values: (n) => [`t${n % 50}`, `u${n % 7}`],
  ordered: true,
};

/** The largest places of several countries. */
export const countriesSorted: ComplexQuery = {
  name: 'one of several, sorted',
  ours: (store, n, constants) =>
    store.find({
      collection: 'documents',
      filter: { country: { $in: [0, 1, 2, 3, 4].map((i) => country(n + i, constants)) } },
      projection: { _id: 0, population: 1 },
      sort: { population: -1 },
      limit: 20,
    }),
  sql: `SELECT jsonb_build_object('population', doc->'population') AS doc FROM documents WHERE doc->>'country' = ANY($1)
    ORDER BY (doc->>'population')::bigint DESC LIMIT 20`,
  values: (n, constants) => [[0, 1, 2, 3, 4].map((i) => country(n + i, constants))],
  ordered: true,
};
