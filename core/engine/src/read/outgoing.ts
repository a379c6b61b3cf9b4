import { type Document, parseDocument, storedToRelaxed, toRelaxed } from '@aerolithdb/protocol';
import { type NearCondition, type Projection, project, withDistance } from '@aerolithdb/query';
import type { QueryPlan } from '../plan/query-plan.ts';
import { withRowMetadata } from '../plan/row-metadata.ts';

/** A projection, and the `$near` of the filter when it may ask for what that knows of a document. */
export type FoundProjection = Projection & { readonly near?: NearCondition };

/** The text of a document as it goes out: untouched but for dates, and parsed only when a projection asks for a part of it. */
export function outgoing(stored: string, projection: FoundProjection | undefined): string {
  if (projection === undefined) return storedToRelaxed(stored);
  const document = parseDocument(stored);
  return toRelaxed(project(projection, projection.near === undefined ? document : withDistance(document, projection.near)));
}

/** A stored text with the number that a search gave its row; null: none did. */
export type FoundText = readonly [text: string, value: number | null];

/** As `outgoing`, of a document that a search may have found: the projection may ask for what that knows of it. */
export function outgoingFound([stored, value]: FoundText, plan: QueryPlan, projection: FoundProjection | undefined): string {
  if (projection === undefined || value === null) return outgoing(stored, projection);
  const found: Document = withRowMetadata(plan, parseDocument(stored), value);
  return toRelaxed(project(projection, found));
}
