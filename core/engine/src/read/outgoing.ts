import { parseDocument, storedToRelaxed, toRelaxed } from '@aerolithdb/protocol';
import { type NearCondition, type Projection, project, withDistance } from '@aerolithdb/query';

/** A projection, and the `$near` of the filter when it may ask for what that knows of a document. */
export type FoundProjection = Projection & { readonly near?: NearCondition };

/** The text of a document as it goes out: untouched but for dates, and parsed only when a projection asks for a part of it. */
export function outgoing(stored: string, projection: FoundProjection | undefined): string {
  if (projection === undefined) return storedToRelaxed(stored);
  const document = parseDocument(stored);
  return toRelaxed(project(projection, projection.near === undefined ? document : withDistance(document, projection.near)));
}
