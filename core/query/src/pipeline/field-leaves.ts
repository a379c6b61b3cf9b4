import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Path } from '../filter.ts';
import { PathTree } from '../path-tree.ts';
import { invalidPipeline } from './pipeline-error.ts';
import { fieldPath } from './stage-arguments.ts';

export type FieldLeaf = { readonly path: Path; readonly value: Value };

/**
 * The fields that a `$project` or `$set` names, with what stands for each: `{"a": {"b": 1}}` is the same as `{"a.b": 1}`, and an
 * object whose first name is an operator is an expression. No path may begin with another.
 */
export function fieldLeaves(stage: string, document: Document): readonly FieldLeaf[] {
  const leaves = [...readLeaves(stage, document, [])];
  const tree = new PathTree();
  for (const { path } of leaves) {
    const other = tree.add(path);
    if (other !== undefined)
      throw invalidPipeline(stage, `${stage} names "${path.join('.')}" together with "${other.join('.')}"; keep one of them.`);
  }
  return leaves;
}

function* readLeaves(stage: string, document: Document, prefix: Path): Generator<FieldLeaf> {
  for (const [name, value] of document) {
    const path = [...prefix, ...fieldPath(stage, name)];
    if (isFields(value)) yield* readLeaves(stage, value, path);
    else yield { path, value };
  }
}

function isFields(value: Value): value is Document {
  return isDocument(value) && value.size > 0 && value.keys().next().value?.startsWith('$') !== true;
}

/** A tree of what stands at the paths, in their order. */
export function treeOf<T>(leaves: readonly { readonly path: Path; readonly value: T }[]): Map<string, Tree<T>> {
  const root = new Map<string, Tree<T>>();
  for (const { path, value } of leaves) {
    let at = root;
    for (const name of path.slice(0, -1)) {
      const child = at.get(name) ?? new Map<string, Tree<T>>();
      at.set(name, child);
      at = child as Map<string, Tree<T>>;
    }
    at.set(path.at(-1)!, value);
  }
  return root;
}

export type Tree<T> = T | Map<string, Tree<T>>;
