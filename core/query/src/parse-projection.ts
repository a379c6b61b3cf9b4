import { AerolithError, type Document, isDocument, NotImplemented, type Value } from '@aerolithdb/protocol';
import { asNumber } from './numeric.ts';
import { parsePath } from './path.ts';

/** Which fields a projection names: `true` for a whole value, a tree for parts of it. */
export type ProjectionTree = ReadonlyMap<string, ProjectionTree | true>;

/** `include`: only the named fields; `exclude`: all but them. `_id` is ruled by `tree` like any other field. */
export type Projection = { readonly mode: 'include' | 'exclude'; readonly tree: ProjectionTree };

type MutableTree = Map<string, MutableTree | true>;
type Leaf = { readonly path: string; readonly keep: boolean };

/**
 * Reads a projection: inclusion or exclusion of dotted paths, also as nested objects. `_id` is kept unless it is excluded.
 *
 * Throws `invalid_projection`, and `not_implemented` for `$slice`, `$elemMatch`, the positional `$` and computed fields.
 *
 * @example
 * parseProjection(parseDocument('{"name":1,"address.city":1,"_id":0}'));
 */
export function parseProjection(document: Document): Projection {
  const leaves = [...readLeaves(document, '')];
  const others = leaves.filter((leaf) => leaf.path !== '_id');
  const id = leaves.find((leaf) => leaf.path === '_id');
  const mode = (others[0] ?? id)?.keep === true ? 'include' : 'exclude';
  const odd = others.find((leaf) => leaf.keep !== (mode === 'include'));
  if (odd) throw mixed(others[0]!, odd);
  return { mode, tree: buildTree(mode, others, id) };
}

function buildTree(mode: Projection['mode'], others: readonly Leaf[], id: Leaf | undefined): ProjectionTree {
  const tree: MutableTree = new Map();
  for (const { path } of others) addPath(tree, path);
  const idIsPart = tree.has('_id');
  if (idIsPart && id !== undefined) throw collision('_id');
  if (mode === 'include' && !idIsPart && id?.keep !== false) tree.set('_id', true);
  if (mode === 'exclude' && id?.keep === false) tree.set('_id', true);
  return tree;
}

function* readLeaves(document: Document, prefix: string): Generator<Leaf> {
  for (const [name, value] of document) {
    const path = prefix + name;
    checkName(name, path);
    if (!isDocument(value)) yield { path, keep: parseFlag(path, value) };
    else if (value.size === 0) throw invalid(path, `The projection of "${path}" is an empty object; write true or false.`);
    else yield* readLeaves(value, `${path}.`);
  }
}

function checkName(name: string, path: string): void {
  if (name.startsWith('$')) throw new NotImplemented(`The operator ${name} in a projection`);
  const components = parsePath(name, 'invalid_projection');
  if (components.some((component) => component.startsWith('$'))) throw new NotImplemented('The positional $ in a projection');
  if (components.includes('')) throw invalid(path, `The path "${path}" has an empty component; remove the surplus dot.`);
}

function parseFlag(path: string, value: Value): boolean {
  if (typeof value === 'boolean') return value;
  const number = asNumber(value);
  if (number !== undefined) return number !== 0;
  throw new NotImplemented(`A computed field (here "${path}") in a projection`);
}

function addPath(tree: MutableTree, path: string): void {
  const components = path.split('.');
  const last = components.pop()!;
  let at = tree;
  for (const component of components) {
    const child = at.get(component) ?? new Map();
    if (child === true) throw collision(path);
    at.set(component, child);
    at = child;
  }
  if (at.has(last)) throw collision(path);
  at.set(last, true);
}

function collision(path: string): AerolithError {
  return invalid(path, `The projection names "${path}" together with a part of it; keep one of them.`);
}

function mixed(first: Leaf, odd: Leaf): AerolithError {
  const words = (leaf: Leaf): string => `${leaf.keep ? 'includes' : 'excludes'} "${leaf.path}"`;
  return invalid(odd.path, `The projection ${words(first)} and ${words(odd)}; only _id may differ from the others.`);
}

function invalid(path: string, message: string): AerolithError {
  return new AerolithError('invalid_projection', message, { path });
}
