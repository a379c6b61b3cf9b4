import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Path } from '../filter.ts';

/** What stands at a path that leads through objects only. */
export function valueAt(document: Document, path: Path): Value | undefined {
  let at: Value | undefined = document;
  for (const name of path) {
    if (!isDocument(at)) return undefined;
    at = at.get(name);
  }
  return at;
}
