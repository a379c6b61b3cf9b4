import type { IndexRecord } from '../../catalogue.ts';
import { shapeOf, weightsOf } from './text-shape.ts';

/**
 * Words come as terms that are ready, parted by spaces, so the tokenizer takes every other character as it is. The terms are kept
 * (FTS5's own content table): so what is taken out is what was put in, whatever has become of the language's rules since, and the
 * figures that BM25 needs stay exact. A table with `contentless_delete` never takes deleted documents out of these.
 */
const TOKENIZER = `ascii tokenchars '_='''`;

/** Names of the columns, one a field. */
export function columnNames(record: IndexRecord): string[] {
  return shapeOf(record).fields.map((_, i) => `c${i}`);
}

/**
 * - `index_<n>`: the terms of each document by row id, an FTS5 table.
 * - `index_<n>_words`: each word that some document has had, with its stem.
 * - `index_<n>_grams`: the runs of three letters of each, by its `id`, for words that are misspelt: an FTS5 table that keeps nothing
 *   but which words have a run, in a tenth of the time that a table of pairs takes.
 */
export function textTables(record: IndexRecord): string {
  const name = `index_${record.table}`;
  const weights = weightsOf(record).map((weight) => weight.toFixed(1));
  return `
    CREATE VIRTUAL TABLE ${name} USING fts5(${columnNames(record).join(', ')}, tokenize = "${TOKENIZER}");
    INSERT INTO ${name}(${name}, rank) VALUES('rank', 'bm25(${weights.join(', ')})');
    CREATE TABLE ${name}_words(id INTEGER PRIMARY KEY, form TEXT NOT NULL, stem TEXT NOT NULL, UNIQUE(form, stem));
    CREATE VIRTUAL TABLE ${name}_grams USING fts5(grams, content = '', detail = none, columnsize = 0, tokenize = "${TOKENIZER}");`;
}

export function dropTextTables({ table }: IndexRecord): string {
  return `DROP TABLE index_${table}; DROP TABLE index_${table}_words; DROP TABLE index_${table}_grams;`;
}
