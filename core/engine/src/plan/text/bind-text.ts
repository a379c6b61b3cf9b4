import { AerolithError, type Document, parseDocument } from '@aerolithdb/protocol';
import { type Filter, type LanguageName, needsText, type TextSearch, textPartOf } from '@aerolithdb/query';
import { Analyzer, analyseSearch, analyzerFor, documentTokens, matchesTerms, type TermQuery } from '@aerolithdb/query/text';
import type { Connection } from '@aerolithdb/storage';
import type { CollectionRecord, IndexRecord } from '../../catalogue.ts';
import { kindNameOf } from '../../index-kinds/kind-of.ts';
import { shapeOf } from '../../index-kinds/text/text-shape.ts';
import { allOf, bind, FALSE, type Fragment, raw, sql, TRUE } from '../sql-fragment.ts';
import { expandFuzzy } from './expand-fuzzy.ts';
import { type MatchExpression, matchExpression } from './match-expression.ts';

type TextPart = Extract<Filter, { kind: 'text' }>;

/** The `$text` of a filter, ready for the index that answers it. */
export type BoundText = {
  readonly part: TextPart;
  readonly index: IndexRecord;
  readonly terms: TermQuery;
  readonly analyzer: Analyzer;
  /** A statement of the columns `rid` and `rank`, which is less for better ones. */
  readonly rows: Fragment;
  /** FTS5 sorts the rows by rank itself, those of one rank in the order of their ids. */
  readonly ranksItself: boolean;
  /** Row ids of the documents that the search finds. */
  readonly rids: Fragment;
  /** What of the search must be checked on each document; TRUE: nothing. */
  readonly check: Fragment;
  /** Every document of the filter is one that the search finds. */
  readonly isNeeded: boolean;
};

/**
 * Undefined for a filter without `$text`. Throws `invalid_filter` when the collection has no text index, and what analysing throws.
 */
export function bindText(connection: Connection, collection: CollectionRecord, filter: Filter): BoundText | undefined {
  const part = textPartOf(filter);
  if (part === undefined) return undefined;
  return { ...bindSearch(connection, collection, part), isNeeded: needsText(filter) };
}

function bindSearch(connection: Connection, collection: CollectionRecord, part: TextPart): Omit<BoundText, 'isNeeded'> {
  const { search } = part;
  const index = textIndexOf(collection, part.index);
  const shape = shapeOf(index);
  const analyzer = analyzerFor(search.language ?? shape.language);
  const { table } = index;
  const terms = expandFuzzy(analyseSearch(search.query, { analyzer, fields: shape.fields }), connection, table);
  const match = matchExpression(terms);
  return {
    part,
    index,
    terms,
    analyzer,
    rows: match === undefined ? NO_ROWS : rowsOf(table, match),
    ranksItself: match !== undefined && scoresItself(match),
    rids: match === undefined ? NO_ROWIDS : found(table, match.within),
    check: match === undefined ? FALSE : checkOf(search, index),
  };
}

const NO_ROWS = raw('SELECT NULL AS rid, NULL AS rank WHERE 0');
const NO_ROWIDS = raw('SELECT NULL WHERE 0');

/** The one text index of a collection; `wanted`: its name, or `default`. Throws `invalid_filter` and `unknown_index`. */
function textIndexOf({ name, indexes }: CollectionRecord, wanted = DEFAULT_NAME): IndexRecord {
  const index = indexes.find((each) => kindNameOf(each) === 'text' && each.hidden !== true);
  if (index !== undefined && (wanted === DEFAULT_NAME || wanted === index.name)) return index;
  if (index !== undefined)
    throw new AerolithError('unknown_index', `"${name}" has no text index named "${wanted}"; it has "${index.name}".`, {
      collection: name,
      index: wanted,
      nearest: index.name,
    });
  throw new AerolithError(
    'invalid_filter',
    `A text search needs a text index, and "${name}" has none. Make one on the fields to search: {"keys": {"title": "text"}}.`,
    { collection: name },
  );
}

/** What a `$search` calls the index when it names none, and may call it. */
const DEFAULT_NAME = 'default';

function found(table: number, expression: string): Fragment {
  return sql`SELECT rowid FROM ${raw(`index_${table}`)} WHERE ${raw(`index_${table}`)} MATCH ${bind(expression)}`;
}

/** Whether one look at the index gives the score too. */
function scoresItself({ within, scores }: MatchExpression): boolean {
  return scores.length === 1 && scores[0]!.expression === within;
}

/** Where one look does not give the score, its parts are added up. */
function rowsOf(table: number, match: MatchExpression): Fragment {
  const name = raw(`index_${table}`);
  const { within, scores } = match;
  const ranked = sql`SELECT rowid AS rid, rank FROM ${name} WHERE ${name} MATCH ${bind(within)}`;
  if (scoresItself(match)) return ranked;
  const parts = scores.map(
    ({ expression, factor }) => sql` UNION ALL SELECT rowid, rank * ${raw(String(factor))} FROM ${name}
      WHERE ${name} MATCH ${bind(expression)} AND +rowid IN (${found(table, within)})`,
  );
  const none = sql`SELECT rowid AS rid, 0.0 AS rank FROM ${name} WHERE ${name} MATCH ${bind(within)}`;
  return sql`SELECT rid, sum(rank) AS rank FROM (${parts.reduce((all, part) => sql`${all}${part}`, none)}) GROUP BY rid`;
}

/** Terms tell neither case nor diacritics apart, so a search that does is decided on the words of each document. */
function checkOf(search: TextSearch, index: IndexRecord): Fragment {
  const { caseSensitive, diacriticSensitive } = search;
  if (!caseSensitive && !diacriticSensitive) return TRUE;
  const shape = shapeOf(index);
  const analyzers = new Map<LanguageName, Analyzer>();
  const analyzerOf = (language: LanguageName): Analyzer => {
    const known = analyzers.get(language) ?? new Analyzer(language, { caseSensitive, diacriticSensitive });
    analyzers.set(language, known);
    return known;
  };
  const target = { analyzer: analyzerOf(search.language ?? shape.language), fields: shape.fields };
  const terms = analyseSearch(search.query, target);
  const holds = (document: Document) => matchesTerms(terms, documentTokens(shape, document, analyzerOf));
  return sql`aerolith_test(${bind((text) => text !== null && holds(parseDocument(text)))}, json(d.doc))`;
}

/** The condition of a row that the search finds, where it is one part of a filter among others. */
export function textCondition({ rids, check }: BoundText): Fragment {
  return allOf([sql`d.rid IN (${rids})`, check]);
}
