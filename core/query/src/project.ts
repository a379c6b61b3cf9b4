import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import { scopeIn } from './bind-filter.ts';
import { setComputed } from './pipeline/computed-fields.ts';
import type { Projection, ProjectionTree } from './projection.ts';
import { showElements } from './show-elements.ts';

/**
 * The part of a document that a projection shows. Fields keep the order they have in the document; arrays on the way are taken
 * element by element. Computed fields come last. The document itself comes back when everything is shown.
 * Throws `invalid_projection` when `path.$` has no element, and `invalid_expression`.
 */
export function project(projection: Projection, document: Document): Document {
  const { views = [], computed } = projection;
  let shown = showFields(projection, document);
  for (const view of views) shown = showElements(view, shown, document);
  return computed === undefined ? shown : setComputed(computed.fields, shown, scopeIn(computed.surroundings, document));
}

function showFields(projection: Projection, document: Document): Document {
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
