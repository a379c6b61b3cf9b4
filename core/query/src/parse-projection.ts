import type { AerolithError, Document } from '@aerolithdb/protocol';
import { NO_SURROUNDINGS } from './bind-filter.ts';
import type { Expression } from './expression/expression.ts';
import { EVERYTHING, type Filter, type Path, type Surroundings } from './filter.ts';
import type { ComputedTree } from './pipeline/computed-fields.ts';
import type { Projection, ProjectionTree } from './projection.ts';
import { invalid, type ProjectionLeaf, projectionLeaves } from './projection-leaves.ts';

export type { Projection, ProjectionTree } from './projection.ts';

/** The query that a projection belongs to: its filter, for `path.$`, and what computed fields see beside the document. */
export type ProjectedQuery = { readonly filter?: Filter; readonly surroundings?: Surroundings };

/**
 * Reads a projection: inclusion or exclusion of dotted paths, also as nested objects; `$slice`, `$elemMatch` and the positional
 * `path.$` on arrays; any other value is an expression that computes the field. `_id` is kept unless it is excluded.
 *
 * Throws `invalid_projection`, what `parseExpression` and `parseFilter` throw, and for `$meta` a name that there is not.
 *
 * @example
 * parseProjection(parseDocument('{"name":1,"address.city":1,"total":{"$sum":["$a","$b"]},"_id":0}'));
 */
export function parseProjection(document: Document, query: ProjectedQuery = {}): Projection {
  const { filter = EVERYTHING, surroundings = NO_SURROUNDINGS } = query;
  const leaves = [...projectionLeaves(document, filter)];
  const mode = modeOf(leaves);
  const views = leaves.flatMap((leaf) => (leaf.kind === 'view' ? [leaf.view] : []));
  if (views.filter(({ kind }) => kind === 'positional').length > 1) {
    throw invalid('$', 'A projection has one positional "array.$" at most.');
  }
  const computed = computedTree(leaves);
  return {
    mode,
    tree: buildTree(mode, leaves),
    ...(views.length === 0 ? {} : { views }),
    ...(computed.size === 0 ? {} : { computed: { fields: computed, surroundings } }),
  };
}

/** What is neither a flag nor a `$slice` shows a field, and so leaves out what is not named. */
function modeOf(leaves: readonly ProjectionLeaf[]): Projection['mode'] {
  const decisive = leaves.filter((leaf) => !isSlice(leaf) && !isNeutral(leaf));
  const others = decisive.filter((leaf) => !isId(leaf));
  const first = others[0] ?? decisive[0];
  const mode = first !== undefined && shows(first) ? 'include' : 'exclude';
  const odd = others.find((leaf) => shows(leaf) !== (mode === 'include'));
  if (odd !== undefined) throw mixed(first!, odd);
  return mode;
}

function isSlice(leaf: ProjectionLeaf): boolean {
  return leaf.kind === 'view' && leaf.view.kind === 'slice';
}

/** `$meta` shows what is no field, beside whatever else is shown. */
function isNeutral(leaf: ProjectionLeaf): boolean {
  return leaf.kind === 'computed' && leaf.neutral === true;
}

function isId({ path }: ProjectionLeaf): boolean {
  return path.length === 1 && path[0] === '_id';
}

function shows(leaf: ProjectionLeaf): boolean {
  return leaf.kind !== 'flag' || leaf.keep;
}

type MutableTree = Map<string, MutableTree | true>;

function buildTree(mode: Projection['mode'], leaves: readonly ProjectionLeaf[]): ProjectionTree {
  const tree: MutableTree = new Map();
  const named: MutableTree = new Map();
  for (const leaf of leaves) {
    addPath(named, leaf.path);
    if (leaf.kind === 'computed') addWay(tree, leaf.path.slice(0, -1));
    else if (shows(leaf) === (mode === 'include') && !(isSlice(leaf) && mode === 'exclude')) addPath(tree, leaf.path);
  }
  if (mode === 'include' && !named.has('_id')) tree.set('_id', true);
  return tree;
}

/** Throws when the tree has a part of the path, or the path a part of it. */
function addPath(tree: MutableTree, path: Path): void {
  const at = addWay(tree, path.slice(0, -1), path);
  const last = path.at(-1)!;
  if (at.has(last)) throw collision(path);
  at.set(last, true);
}

function addWay(tree: MutableTree, way: Path, path: Path = way): MutableTree {
  let at = tree;
  for (const component of way) {
    const child = at.get(component) ?? new Map();
    if (child === true) throw collision(path);
    at.set(component, child);
    at = child;
  }
  return at;
}

type MutableComputed = Map<string, MutableComputed | Expression>;

/** Paths have been checked against one another by `buildTree`. */
function computedTree(leaves: readonly ProjectionLeaf[]): ComputedTree {
  const tree: MutableComputed = new Map();
  for (const leaf of leaves) {
    if (leaf.kind !== 'computed') continue;
    let at = tree;
    for (const component of leaf.path.slice(0, -1)) {
      const child = at.get(component);
      const next: MutableComputed = child instanceof Map ? child : new Map();
      at.set(component, next);
      at = next;
    }
    at.set(leaf.path.at(-1)!, leaf.expression);
  }
  return tree;
}

function collision(path: Path): AerolithError {
  const text = path.join('.');
  return invalid(text, `The projection names "${text}" together with a part of it; keep one of them.`);
}

function mixed(first: ProjectionLeaf, odd: ProjectionLeaf): AerolithError {
  const words = (leaf: ProjectionLeaf): string => `${shows(leaf) ? 'includes' : 'excludes'} "${leaf.path.join('.')}"`;
  return invalid(odd.path.join('.'), `The projection ${words(first)} and ${words(odd)}; only _id may differ from the others.`);
}
