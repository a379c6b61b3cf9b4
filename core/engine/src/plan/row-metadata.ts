import type { Document } from '@aerolithdb/protocol';
import { type Metadata, withMetadata } from '@aerolithdb/query';
import type { RowMetadata } from './candidate.ts';
import type { QueryPlan } from './query-plan.ts';
import { type Fragment, raw } from './sql-fragment.ts';

/** The column of a walk that metadata is made of; NULL when no search finds the rows. */
export function metadataColumn(plan: QueryPlan): Fragment {
  const found = metadataOfPlan(plan);
  return found === undefined ? raw('NULL') : raw(`s.${found.column}`);
}

export function metadataOfPlan({ access }: QueryPlan): RowMetadata | undefined {
  return access.kind === 'rows' ? access.rows.metadata : undefined;
}

/** The metadata of a row by its column, without what takes its document. */
export function metadataOfRow(plan: QueryPlan, value: number | null): Metadata | undefined {
  return value === null ? undefined : metadataOfPlan(plan)?.read(value);
}

/** The document with all that the search knows of it. */
export function withRowMetadata(plan: QueryPlan, document: Document, value: number | null): Document {
  const found = metadataOfPlan(plan);
  if (found === undefined || value === null) return document;
  return withMetadata(document, { ...found.read(value), ...found.more?.(document) });
}
