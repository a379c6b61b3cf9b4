import { type Document, parseDocument } from '@aerolithdb/protocol';
import type { Front } from '@aerolithdb/query';
import type { CollectionRecord } from '../../catalogue.ts';
import { rowStatement } from '../../plan/access-sql.ts';
import { planQuery, type QueryPlan } from '../../plan/query-plan.ts';
import { metadataColumn, metadataOfRow, withRowMetadata } from '../../plan/row-metadata.ts';
import { type Fragment, raw, sql } from '../../plan/sql-fragment.ts';
import { execute, walk } from '../../plan/walk.ts';
import { fieldColumns, sortColumns } from '../field-columns.ts';
import { type SortedRow, unitsOf } from '../find-sorted.ts';
import { knowledgeOf, type ReadContext } from '../read-context.ts';
import { TopRows } from '../top-rows.ts';

export type Reading = {
  readonly front: Front;
  /** Top-level fields that are looked at; undefined: whole documents. */
  readonly needed: ReadonlySet<string> | undefined;
  readonly hint?: string | undefined;
  /** Readings that are open around this one: a statement can be open once, so each level has texts of its own. */
  readonly level: number;
};

type Texts = readonly (string | null)[];
/** `value`: what metadata is made of. */
type Row = readonly [rid: number, value: number | null, ...texts: (string | null)[]];
type Columns = readonly [value: number | null, ...texts: (string | null)[]];

/** The documents that the front of a pipeline asks for, as a find plans and reads them. Throws `unknown_index`, `sort_too_large`. */
export function* presentDocuments(context: ReadContext, collection: CollectionRecord, reading: Reading): Generator<Document> {
  const { front, level } = reading;
  const plan = planFront(context, collection, reading);
  const { columns, document } = columnsOf(reading.needed);
  const texts = textsOf(context, plan, front, sql`${columns} ${raw(`/* ${level} */`)}`);
  let skip = front.skip;
  let left = front.limit ?? Number.POSITIVE_INFINITY;
  for (const row of texts) {
    if (skip > 0) {
      skip--;
      continue;
    }
    if (left-- <= 0) return;
    const [value, ...columnTexts] = row;
    yield withRowMetadata(plan, document(columnTexts), value);
  }
}

export function planFront(
  context: ReadContext,
  collection: CollectionRecord,
  { front, hint }: Omit<Reading, 'level'>,
): QueryPlan {
  const limit = front.limit === undefined ? undefined : front.skip + front.limit;
  const plan = planQuery(knowledgeOf(context, collection), collection, { filter: front.filter, sort: front.sort, limit, hint });
  context.trace?.planned(plan);
  return plan;
}

function* textsOf(context: ReadContext, plan: QueryPlan, front: Front, columns: Fragment): Generator<Columns> {
  const all = sql`${raw('d.rid')}, ${metadataColumn(plan)}, ${columns}`;
  if (front.sort === undefined || plan.access.sorted) {
    for (const row of walk<Row>(context.connection, plan, all)) yield row.slice(1) as unknown as Columns;
    return;
  }
  const one = sql`${raw('d.rid, NULL')}, ${columns}`;
  for (const [rid, value] of sortedRows(context, plan, front)) {
    const statement = rowStatement({ ...plan, where: raw('1') }, one, rid);
    for (const [, , ...texts] of execute<Row>(context.connection, statement)) yield [value, ...texts];
  }
}

/** As a find sorts: only the sort fields are held, and no more of them than skip and limit leave. */
function sortedRows(context: ReadContext, plan: QueryPlan, { sort = [], skip, limit }: Front): SortedRow[] {
  const { columns, key } = sortColumns(sort);
  const top = new TopRows<SortedRow>(sort, limit === undefined ? Number.POSITIVE_INFINITY : skip + limit);
  for (const row of walk<Row>(context.connection, plan, sql`${raw('d.rid')}, ${metadataColumn(plan)}, ${columns}`)) {
    const values = row.slice(2, -1) as Texts;
    top.add([row[0], row[1]], key(values, metadataOfRow(plan, row[1])), unitsOf(values));
  }
  return top.sorted();
}

/** The columns that hold what is looked at, and the document that they make. */
function columnsOf(needed: ReadonlySet<string> | undefined): { columns: Fragment; document: (texts: Texts) => Document } {
  if (needed === undefined) return { columns: raw('json(d.doc)'), document: ([text]) => parseDocument(text ?? '{}') };
  if (needed.size === 0) return { columns: raw('NULL'), document: () => new Map() };
  return fieldColumns([...needed].map((name) => [name]));
}
