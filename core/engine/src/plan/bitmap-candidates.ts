import type { Filter } from '@aerolithdb/query';
import type { IndexRecord } from '../catalogue.ts';
import { allRows, rowsInIntervals } from '../index-kinds/bitmap/bitmap-table.ts';
import type { RowSet } from '../index-kinds/bitmap/row-set.ts';
import { kindNameOf } from '../index-kinds/kind-of.ts';
import { type Asked, isSorted, usableIndexes } from './asked.ts';
import { boundsOf } from './bounds.ts';
import type { RowsCandidate } from './candidate.ts';
import { type Conjunct, isFieldConjunct } from './conjuncts.ts';
import { bind, sql } from './sql-fragment.ts';

/** Rows that are given to SQL one by one at most; where there are more, a scan is no dearer. */
const ROWS_MAX = 50_000;
/** Work of joining bitmaps for a document of the collection, in documents of a scan. */
const WORK_EACH = 0.002;

/** `exact`: just the rows whose documents pass; else those and others. */
type Found = { readonly rows: RowSet; readonly exact: boolean };

/** The rows that bitmaps leave of a filter: its parts on fields with one are joined by AND, OR and NOT. */
export function bitmapCandidates(asked: Asked): readonly RowsCandidate[] {
  const indexes = usableIndexes(asked.collection).filter((index) => kindNameOf(index) === 'bitmap');
  if (indexes.length === 0) return [];
  const bitmaps = new Bitmaps(asked, indexes);
  const parts = asked.conjuncts.flatMap((conjunct) => {
    const found = bitmaps.find(filterOf(conjunct));
    return found === undefined ? [] : [{ conjunct, ...found }];
  });
  if (parts.length === 0) return [];
  const rows = parts.map((part) => part.rows).reduce((a, b) => a.and(b));
  const settled = parts.filter(({ exact }) => exact).map(({ conjunct }) => conjunct);
  const exact = settled.length === asked.conjuncts.length;
  const count = rows.size;
  const isCounted = exact && asked.wanted.counting === true;
  if (count > ROWS_MAX && !isCounted) return [];
  const list = isCounted && count > ROWS_MAX ? [] : rows.rids();
  return [
    {
      kind: 'rows',
      names: bitmaps.names,
      does: isCounted ? 'count of bitmaps' : 'join of bitmaps',
      rows: { statement: sql`SELECT value AS rid FROM json_each(${bind(JSON.stringify(list))})`, count },
      expected: count,
      work: asked.known.documents * WORK_EACH * parts.length,
      settled,
      exact,
      sorted: !isSorted(asked.wanted),
    },
  ];
}

function filterOf(conjunct: Conjunct): Filter {
  return isFieldConjunct(conjunct) ? { kind: 'field', ...conjunct } : conjunct.filter;
}

/** The bitmaps of a collection, and which of them were used. */
class Bitmaps {
  readonly #asked: Asked;
  readonly #indexes: readonly IndexRecord[];
  readonly #used = new Set<string>();

  constructor(asked: Asked, indexes: readonly IndexRecord[]) {
    this.#asked = asked;
    this.#indexes = indexes;
  }

  get names(): readonly string[] {
    return [...this.#used];
  }

  /** Undefined: the bitmaps say nothing of the filter. */
  find(filter: Filter): Found | undefined {
    switch (filter.kind) {
      case 'field':
        return this.#ofField(filter);
      case 'and':
        return this.#ofAnd(filter.filters);
      case 'or':
        return this.#ofOr(filter.filters);
      case 'nor':
        return this.#complement(this.#ofOr(filter.filters));
      default:
        return undefined;
    }
  }

  #ofField({ path, test }: Extract<Filter, { kind: 'field' }>): Found | undefined {
    if (test.op === 'not') {
      const [only, ...others] = test.tests;
      if (only === undefined || others.length > 0) return undefined;
      return this.#complement(this.#ofField({ kind: 'field', path, test: only }));
    }
    const index = this.#indexes.find(({ keys }) => keys[0]![0] === path.join('.'));
    const bounds = index === undefined ? undefined : boundsOf(path, test);
    if (index === undefined || bounds === undefined) return undefined;
    this.#used.add(index.name);
    return { rows: rowsInIntervals(this.#asked.known.connection, index.table, bounds.intervals), exact: bounds.exact };
  }

  #ofAnd(filters: readonly Filter[]): Found | undefined {
    const found = filters.map((filter) => this.find(filter));
    const known = found.filter((part) => part !== undefined);
    if (known.length === 0) return undefined;
    const rows = known.map((part) => part.rows).reduce((a, b) => a.and(b));
    return { rows, exact: known.length === found.length && known.every(({ exact }) => exact) };
  }

  #ofOr(filters: readonly Filter[]): Found | undefined {
    const found = filters.map((filter) => this.find(filter)).filter((part) => part !== undefined);
    if (found.length === 0 || found.length < filters.length) return undefined;
    const rows = found.map((part) => part.rows).reduce((a, b) => a.or(b));
    return { rows, exact: found.every(({ exact }) => exact) };
  }

  /** Every index holds every document, so the first of them knows all rows. */
  #complement(found: Found | undefined): Found | undefined {
    if (found?.exact !== true) return undefined;
    const all = allRows(this.#asked.known.connection, this.#indexes[0]!.table);
    return { rows: all.without(found.rows), exact: true };
  }
}
