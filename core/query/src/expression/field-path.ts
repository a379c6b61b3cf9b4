import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Path } from '../filter.ts';
import { splitPath } from '../path.ts';
import type { Evaluate, Expression } from './expression.ts';
import { invalidExpression } from './expression-error.ts';
import type { Steps } from './steps.ts';

/** `$address.city` as an expression: the values of a path of `$$CURRENT`. `text` is without the `$`. */
export function fieldPath(text: string, currentIsVariable: boolean): Expression {
  const path = parseFieldPath(text, `$${text}`);
  if (currentIsVariable) {
    return {
      evaluate: ({ variables, steps }) => valueAt(variables.get('CURRENT'), path, 0, steps),
      isConstant: false,
      paths: [],
    };
  }
  return { evaluate: rootReader(path), isConstant: false, paths: [text] };
}

/** A path of a variable's value. An empty path is the value. Elements on the way cost a step each. */
export function valueAt(value: Value | undefined, path: Path, at: number, steps: Steps | undefined): Value | undefined {
  if (at === path.length) return value;
  if (isDocument(value)) return valueAt(value.get(path[at]!), path, at + 1, steps);
  return Array.isArray(value) ? valuesIn(value, path, at, steps) : undefined;
}

function rootReader(path: Path): Evaluate {
  const [first, second] = path as [string, ...string[]];
  if (second === undefined) return ({ root }: { root: Document }) => root.get(first);
  return ({ root, steps }) => valueAt(root.get(first), path, 1, steps);
}

/** An array on the way gives the values of its elements that are objects. Numbers are field names here, not indexes. */
function valuesIn(array: Value[], path: Path, at: number, steps: Steps | undefined): Value[] {
  steps?.spend(array.length);
  const found: Value[] = [];
  for (const element of array) {
    if (!isDocument(element)) continue;
    const value = valueAt(element, path, at, steps);
    if (value !== undefined) found.push(value);
  }
  return found;
}

/** Splits a dotted path. `shown` is the path as it was written. */
export function parseFieldPath(text: string, shown: string): Path {
  const path = splitPath(text, 'invalid_expression');
  for (const component of path) {
    if (component === '') {
      throw invalidExpression('path', `The path "${shown}" has an empty component; write "$field" or "$field.inner".`, {
        path: shown,
      });
    }
    if (component.startsWith('$')) {
      const message = `The path "${shown}" has a component that begins with $; read such a field with $getField.`;
      throw invalidExpression('path', message, { path: shown });
    }
  }
  return path;
}
