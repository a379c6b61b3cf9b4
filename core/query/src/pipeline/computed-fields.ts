import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Expression, Scope } from '../expression/expression.ts';

/** Fields that are computed, by the names of their path; in the order in which they were written. */
export type ComputedTree = ReadonlyMap<string, Expression | ComputedTree>;

/** A copy of `document` with the computed fields set. All expressions see `scope.root`. What has no value is removed. */
export function setComputed(tree: ComputedTree, document: Document, scope: Scope): Document {
  const result: Document = new Map(document);
  for (const [name, branch] of tree) {
    const value = isTree(branch) ? setWithin(branch, result.get(name), scope) : branch.evaluate(scope);
    if (value === undefined) result.delete(name);
    else result.set(name, value);
  }
  return result;
}

/** Of an array every element gets the fields; what is no object is replaced by one. */
function setWithin(tree: ComputedTree, value: Value | undefined, scope: Scope): Value {
  if (Array.isArray(value)) return value.map((element) => setWithin(tree, element, scope));
  return setComputed(tree, isDocument(value) ? value : new Map(), scope);
}

function isTree(branch: Expression | ComputedTree): branch is ComputedTree {
  return branch instanceof Map;
}

/** Every expression of the tree. */
export function* expressionsOf(tree: ComputedTree): Generator<Expression> {
  for (const branch of tree.values()) {
    if (isTree(branch)) yield* expressionsOf(branch);
    else yield branch;
  }
}
