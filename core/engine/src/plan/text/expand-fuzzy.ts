import { editDistance, editsFor, formTerm, gramsOf, sharedGrams, type TermQuery } from '@aerolithdb/query/text';
import type { Connection } from '@aerolithdb/storage';

type Fuzzy = Extract<TermQuery, { kind: 'fuzzy' }>;

/** The search with the words of the index in place of each fuzzy word: those nearest to it. */
export function expandFuzzy(query: TermQuery, connection: Connection, table: number): TermQuery {
  const all = (parts: readonly TermQuery[]) => parts.map((part) => expandFuzzy(part, connection, table));
  switch (query.kind) {
    case 'fuzzy':
      return expand(query, connection, table);
    case 'any':
    case 'all':
      return { ...query, of: all(query.of) };
    case 'compound': {
      const { must, should, filter, mustNot } = query;
      return { kind: 'compound', must: all(must), should: all(should), filter: all(filter), mustNot: all(mustNot) };
    }
    default:
      return query;
  }
}

type Near = { readonly form: string; readonly stem: string; readonly edits: number };

function expand({ word, columns }: Fuzzy, connection: Connection, table: number): TermQuery {
  const { fuzzy } = word;
  const isLive = liveness(connection, table);
  const levels: TermQuery[][] = [[{ kind: 'term', term: word.stem, columns }], [], []];
  const stems = new Set([word.stem]);
  for (const near of nearWords(word, connection, table)) {
    if (stems.size > fuzzy.maxExpansions) break;
    if (stems.has(near.stem) || !isLive(formTerm(near.form, near.stem))) continue;
    stems.add(near.stem);
    levels[near.edits]!.push({ kind: 'term', term: near.stem, columns });
  }
  return { kind: 'levels', levels };
}

/** Words within reach, the nearest first, then in the order of their letters: an order that does not depend on the index's history. */
function nearWords({ form, fuzzy }: Fuzzy['word'], connection: Connection, table: number): Near[] {
  const edits = editsFor(form, fuzzy.maxEdits);
  if (edits === 0) return [];
  const grams = gramsOf(form);
  const [low, high] = [[...form].length - edits, [...form].length + edits];
  const having = `SELECT rowid FROM index_${table}_grams WHERE index_${table}_grams MATCH ?`;
  const rows = connection
    .prepare<[form: string, stem: string]>(
      `SELECT w.form, w.stem FROM (
         SELECT rowid FROM (${grams.map(() => having).join(' UNION ALL ')}) GROUP BY rowid HAVING count(*) >= ?
       ) g CROSS JOIN index_${table}_words w ON w.id = g.rowid WHERE length(w.form) BETWEEN ? AND ?`,
      'raw',
    )
    .all(...grams.map((gram) => `"${gram}"`), sharedGrams(form, edits), low, high);
  const begin = [...form].slice(0, fuzzy.prefixLength).join('');
  return rows
    .filter(([near]) => near.startsWith(begin))
    .map(([near, stem]) => ({ form: near, stem, edits: editDistance(form, near, edits) }))
    .filter((near) => near.edits <= edits)
    .sort((a, b) => a.edits - b.edits || compareText(a.form, b.form) || compareText(a.stem, b.stem));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Words stay listed when the last document that had them is gone. */
function liveness(connection: Connection, table: number): (term: string) => boolean {
  const one = connection.prepare<number>(`SELECT 1 FROM index_${table} WHERE index_${table} MATCH ? LIMIT 1`, 'pluck');
  return (term) => one.get(`"${term}"`) !== undefined;
}
