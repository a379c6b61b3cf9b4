import { parseDocument, storedToRelaxed, toRelaxed } from '@aerolithdb/protocol';
import { type Projection, project } from '@aerolithdb/query';

/** The text of a document as it goes out: untouched but for dates, and parsed only when a projection asks for a part of it. */
export function outgoing(stored: string, projection: Projection | undefined): string {
  return projection === undefined ? storedToRelaxed(stored) : toRelaxed(project(projection, parseDocument(stored)));
}
