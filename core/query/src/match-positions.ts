import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Filter, Path, Test } from './filter.ts';
import { firstElement, holds, matches, passes } from './matches.ts';
import { arrayIndex } from './path.ts';

/**
 * For each array that the filter looked into, the index of the first element that made it match: what the positional `$` of an
 * update stands for. Keys are dotted paths of arrays (the outermost one of each condition), in the order of the conditions; the
 * map is empty when the filter does not match. Negated conditions name no element.
 */
export function matchPositions(filter: Filter, document: Document): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  if (matches(filter, document)) note(filter, document, positions);
  return positions;
}

function note(filter: Filter, document: Document, positions: Map<string, number>): void {
  switch (filter.kind) {
    case 'and':
      for (const part of filter.filters) note(part, document, positions);
      return;
    case 'or': {
      const part = filter.filters.find((each) => matches(each, document));
      if (part) note(part, document, positions);
      return;
    }
    case 'field':
      noteTest(filter.test, document, filter.path, positions);
      return;
    case 'nor':
    case 'text':
    case 'expression':
      return;
  }
}

function noteTest(test: Test, document: Document, path: Path, positions: Map<string, number>): void {
  if (test.op === 'not' || (test.op === 'exists' && !test.exists)) return;
  if (test.op === 'all') {
    for (const part of test.tests) noteTest(part, document, path, positions);
    return;
  }
  const found = inDocument(test, document, path, 0);
  if (found === undefined) return;
  // The last condition to name an element comes last, also when the array was named before.
  positions.delete(found.array);
  positions.set(found.array, found.index);
}

type Position = { readonly array: string; readonly index: number };

function inDocument(test: Test, document: Document, path: Path, at: number): Position | undefined {
  const value = document.get(path[at]!);
  if (at === path.length - 1) return Array.isArray(value) ? atLeaf(test, value, path) : undefined;
  if (isDocument(value)) return inDocument(test, value, path, at + 1);
  return Array.isArray(value) ? inArray(test, value, path, at + 1) : undefined;
}

function atLeaf(test: Test, array: Value[], path: Path): Position | undefined {
  const index =
    test.op === 'elemMatchValue' || test.op === 'elemMatchDocument'
      ? firstElement(test, array)
      : test.op === 'size'
        ? -1
        : array.findIndex((element) => passes(test, element));
  return index === -1 ? undefined : { array: path.join('.'), index };
}

/** An element found by going through the array counts; one chosen by a number in the path does not, but arrays inside it do. */
function inArray(test: Test, array: Value[], path: Path, at: number): Position | undefined {
  const rest = path.slice(at);
  const index = array.findIndex((element) => isDocument(element) && holds(test, element, rest));
  if (index !== -1) return { array: path.slice(0, at).join('.'), index };
  const chosen = array[arrayIndex(path[at]!)];
  if (at === path.length - 1 || chosen === undefined) return undefined;
  if (isDocument(chosen)) return inDocument(test, chosen, path, at + 1);
  return Array.isArray(chosen) ? inArray(test, chosen, path, at + 1) : undefined;
}
