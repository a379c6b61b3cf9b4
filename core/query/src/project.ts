import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Projection, ProjectionTree } from './parse-projection.ts';

/**
 * The part of a document that a projection shows. Fields keep the order they have in the document; arrays on the way are taken
 * element by element. The document itself comes back when everything is shown.
 */
export function project(projection: Projection, document: Document): Document {
  if (projection.mode === 'include') return include(projection.tree, document);
  return projection.tree.size === 0 ? document : exclude(projection.tree, document);
}

function include(tree: ProjectionTree, document: Document): Document {
  const shown: Document = new Map();
  for (const [name, value] of document) {
    const branch = tree.get(name);
    if (branch === undefined) continue;
    const part = branch === true ? value : includeIn(branch, value);
    if (part !== undefined) shown.set(name, part);
  }
  return shown;
}

/** Of a value that is neither object nor array no part can be shown. */
function includeIn(tree: ProjectionTree, value: Value): Value | undefined {
  if (isDocument(value)) return include(tree, value);
  if (!Array.isArray(value)) return undefined;
  return value.map((element) => includeIn(tree, element)).filter((element) => element !== undefined);
}

function exclude(tree: ProjectionTree, document: Document): Document {
  const shown: Document = new Map();
  for (const [name, value] of document) {
    const branch = tree.get(name);
    if (branch === undefined) shown.set(name, value);
    else if (branch !== true) shown.set(name, excludeIn(branch, value));
  }
  return shown;
}

function excludeIn(tree: ProjectionTree, value: Value): Value {
  if (isDocument(value)) return exclude(tree, value);
  return Array.isArray(value) ? value.map((element) => excludeIn(tree, element)) : value;
}
