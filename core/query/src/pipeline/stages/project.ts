import type { Document, Value } from '@aerolithdb/protocol';
import { parseExpression } from '../../expression/parse-expression.ts';
import type { Path } from '../../filter.ts';
import { asNumber } from '../../numeric.ts';
import type { Projection, ProjectionTree } from '../../parse-projection.ts';
import { project } from '../../project.ts';
import { type ComputedTree, setComputed } from '../computed-fields.ts';
import { type FieldLeaf, fieldLeaves, type Tree, treeOf } from '../field-leaves.ts';
import { invalidPipeline } from '../pipeline-error.ts';
import type { Reading } from '../reading.ts';
import { type Run, scopeOf } from '../run.ts';
import { documentOf, fieldPath, listOf, textOf } from '../stage-arguments.ts';

/** `$project` and `$unset`. `computed` comes after the fields of the projection. */
export type ProjectStage = {
  readonly kind: 'project';
  readonly name: '$project' | '$unset';
  readonly projection: Projection;
  readonly computed: ComputedTree;
};

export function parseProject(value: Value, reading: Reading): ProjectStage {
  const fields = documentOf('$project', value, 'an object with the fields to show');
  if (fields.size === 0) throw invalidPipeline('$project', '$project names no field; name at least one.');
  const leaves = fieldLeaves('$project', fields);
  const flags = leaves.filter((leaf) => flagOf(leaf) !== undefined);
  const computed = leaves.filter((leaf) => flagOf(leaf) === undefined);
  const others = flags.filter((leaf) => !isId(leaf));
  const keeps = computed.length > 0 || keepsField(others[0] ?? flags[0]!);
  const odd = others.find((leaf) => keepsField(leaf) !== keeps);
  if (odd !== undefined)
    throw invalidPipeline('$project', `$project shows some fields and leaves out "${odd.path.join('.')}"; only _id may differ.`);
  const projection = keeps ? inclusion(flags, computed) : exclusion(flags);
  const trees = computed.map(({ path, value: source }) => ({ path, value: parseExpression(source, reading) }));
  return { kind: 'project', name: '$project', projection, computed: treeOf(trees) as ComputedTree };
}

export function parseUnset(value: Value): ProjectStage {
  const names = Array.isArray(value) ? listOf('$unset', value, 'fields') : [value];
  const paths = names.map((name) => fieldPath('$unset', textOf('$unset', name, 'names of fields')));
  const document: Document = new Map(paths.map((path) => [path.join('.'), 0]));
  return { kind: 'project', name: '$unset', projection: exclusion(fieldLeaves('$unset', document)), computed: new Map() };
}

export function* runProject(stage: ProjectStage, input: Iterable<Document>, run: Run): Generator<Document> {
  const { projection, computed } = stage;
  for (const document of input) {
    const shown = project(projection, document);
    yield computed.size === 0 ? shown : setComputed(computed, shown, scopeOf(run, document));
  }
}

/** A number or a boolean says whether a field is shown; all else is computed. */
function flagOf({ value }: FieldLeaf): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const number = asNumber(value);
  return number === undefined ? undefined : number !== 0;
}

function keepsField(leaf: FieldLeaf): boolean {
  return flagOf(leaf) === true;
}

function isId({ path }: FieldLeaf): boolean {
  return path.length === 1 && path[0] === '_id';
}

/** The way to a computed part of a field keeps the objects and arrays on it, and nothing else of them. */
function inclusion(flags: readonly FieldLeaf[], computed: readonly FieldLeaf[]): Projection {
  const shown = flags.filter(keepsField).map(({ path }) => ({ path, value: true as const }));
  const tree = treeOf(shown);
  for (const { path } of computed) addWay(tree, path.slice(0, -1));
  if (![...flags, ...computed].some(({ path }) => path[0] === '_id')) tree.set('_id', true);
  return { mode: 'include', tree: tree as ProjectionTree };
}

function addWay(tree: Map<string, Tree<true>>, way: Path): void {
  let at = tree;
  for (const name of way) {
    const child = at.get(name) ?? new Map();
    at.set(name, child);
    at = child as Map<string, Tree<true>>;
  }
}

function exclusion(flags: readonly FieldLeaf[]): Projection {
  const hidden = flags.filter((leaf) => !keepsField(leaf)).map(({ path }) => ({ path, value: true as const }));
  return { mode: 'exclude', tree: treeOf(hidden) as ProjectionTree };
}
