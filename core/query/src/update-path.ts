import { AerolithError, compareText } from '@aerolithdb/protocol';
import type { Path } from './filter.ts';
import { splitPath } from './path.ts';

const IDENTIFIER = /^\$\[([a-z][A-Za-z0-9]*)?\]$/;

/** Whether a component of an update path chooses elements of an array: `$`, `$[]` or `$[x]`. */
export function isPositional(component: string): boolean {
  return component.startsWith('$');
}

/** The `x` of `$[x]`; undefined for every other component. */
export function filterName(component: string): string | undefined {
  return IDENTIFIER.exec(component)?.[1];
}

/** Reads the path of an update. Throws `invalid_update` and `invalid_field_name`. */
export function parseUpdatePath(text: string, operator: string): Path {
  const path = splitPath(text, 'invalid_update');
  for (const component of path) checkComponent(component, text, operator);
  if (isPositional(path[0]!))
    throw invalid(`The path "${text}" of ${operator} begins with a positional operator; name the array first.`);
  if (path.filter((component) => component === '$').length > 1) {
    throw invalid(`The path "${text}" of ${operator} has more than one $; use $[] or $[x] for the others.`);
  }
  return path;

  function invalid(message: string): AerolithError {
    return new AerolithError('invalid_update', message, { operator, path: text });
  }
}

function checkComponent(component: string, text: string, operator: string): void {
  if (component === '') {
    throw new AerolithError(
      'invalid_update',
      `The path "${text}" of ${operator} has an empty component; remove the surplus dot.`,
      {
        operator,
        path: text,
      },
    );
  }
  const named = isPositional(component) && component !== '$' && !IDENTIFIER.test(component);
  if (named || component === '__proto__') {
    throw new AerolithError(
      'invalid_field_name',
      `"${component}" in the path "${text}" of ${operator} is no field name that is allowed.`,
      {
        operator,
        path: text,
        field: component,
      },
    );
  }
}

/**
 * The order updates are applied in. Components of digits come by their number, others by code point; a path comes before those that go on from it.
 */
export function comparePaths(a: Path, b: Path): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const order = compareComponents(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareComponents(a: string, b: string): number {
  if (a === b) return 0;
  const bothNumbers = /^\d+$/.test(a) && /^\d+$/.test(b);
  if (bothNumbers && a.length !== b.length) return a.length - b.length;
  return compareText(a, b);
}
