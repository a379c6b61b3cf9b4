import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Path } from '../filter.ts';

/** A copy with the value at the path, objects made on the way; without the field for undefined. */
export function withValue(document: Document, path: Path, value: Value | undefined, at = 0): Document {
  const copy: Document = new Map(document);
  const name = path[at]!;
  if (at < path.length - 1) {
    const inner = document.get(name);
    copy.set(name, withValue(isDocument(inner) ? inner : new Map(), path, value, at + 1));
  } else if (value === undefined) copy.delete(name);
  else copy.set(name, value);
  return copy;
}
