import type { Document } from '@aerolithdb/protocol';
import { double } from '@aerolithdb/protocol';
import type { Metadata, Sort } from '@aerolithdb/query';
import type { Asked } from '../asked.ts';
import type { RowMetadata, RowsCandidate } from '../candidate.ts';
import { TRUE } from '../sql-fragment.ts';
import type { BoundText } from './bind-text.ts';
import { highlightsOf } from './highlights.ts';

/** The names that a text search's score has. */
const SCORES: ReadonlySet<string> = new Set(['textScore', 'searchScore', 'score']);

/** Of all documents; there is nothing to choose, so nothing is counted. */
const EXPECTED_PART = 0.01;

/** What a text index finds is the only way to a filter that needs `$text`. */
export function textCandidates(asked: Asked): readonly RowsCandidate[] {
  const { text, conjuncts, wanted } = asked;
  if (text === undefined || !text.isNeeded) return [];
  const settled = conjuncts.filter((part) => 'filter' in part && part.filter.kind === 'text');
  const byScore = isByScore(wanted.sort);
  const expected = Math.ceil(asked.known.documents * EXPECTED_PART);
  return [
    {
      kind: 'rows',
      names: [text.index.name],
      does: 'text search',
      rows: {
        statement: text.rows,
        ...(byScore ? { orderColumn: 'rank', ordersItself: text.ranksItself } : {}),
        metadata: metadataOf(text),
      },
      expected,
      work: expected / 10,
      settled: text.check === TRUE ? settled : [],
      exact: text.check === TRUE && settled.length === conjuncts.length,
      sorted: wanted.sort === undefined || wanted.sort.length === 0 || byScore,
      only: true,
    },
  ];
}

function isByScore(sort: Sort | undefined): boolean {
  return sort?.length === 1 && sort[0]!.meta !== undefined && SCORES.has(sort[0]!.meta);
}

/** FTS5 ranks the best lowest. */
function metadataOf(text: BoundText): RowMetadata {
  const read = (rank: number): Metadata => ({ textScore: double(-rank), searchScore: double(-rank), score: double(-rank) });
  const { highlight } = text.part;
  if (highlight === undefined) return { column: 'rank', read };
  return {
    column: 'rank',
    read,
    more: (document: Document) => ({ searchHighlights: highlightsOf(document, text, highlight) }),
  };
}
