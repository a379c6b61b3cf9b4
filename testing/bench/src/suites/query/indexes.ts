import type { IndexSpec } from '@aerolithdb/protocol';

/** The same index on both sides. */
export type SharedIndex = { readonly ours: IndexSpec; readonly sql: string };

/** The five of the collection of documents; one is over an array. */
export const DOCUMENT_INDEXES: readonly SharedIndex[] = [
  { ours: { name: 'grp_1', keys: [['grp', 1]] }, sql: "(((doc->>'grp')::bigint))" },
  { ours: { name: 'score_1', keys: [['score', 1]] }, sql: "(((doc->>'score')::bigint))" },
  {
    ours: {
      name: 'country_1_population_-1',
      keys: [
        ['country', 1],
        ['population', -1],
      ],
    },
    sql: "((doc->>'country'), ((doc->>'population')::bigint) DESC)",
  },
  { ours: { name: 'owner.name_1', keys: [['owner.name', 1]] }, sql: "((doc#>>'{owner,name}'))" },
  { ours: { name: 'tags_1', keys: [['tags', 1]] }, sql: "USING gin ((doc->'tags'))" },
];

export const STAFF_INDEXES: readonly SharedIndex[] = [
  { ours: { name: 'name_1', keys: [['name', 1]] }, sql: "((doc->>'name'))" },
  { ours: { name: 'boss_1', keys: [['boss', 1]] }, sql: "(((doc->>'boss')::bigint))" },
];

export const CITY_INDEXES: readonly SharedIndex[] = [
  {
    ours: {
      name: 'country_1_population_-1',
      keys: [
        ['country', 1],
        ['population', -1],
      ],
    },
    sql: "((doc->>'country'), ((doc->>'population')::bigint) DESC)",
  },
];

/** `CREATE INDEX` for the other side. */
export function indexSql(table: string, indexes: readonly SharedIndex[]): string[] {
  return indexes.map(({ sql }) => `CREATE INDEX ON ${table} ${sql}`);
}
