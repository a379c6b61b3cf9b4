import { AerolithError, type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Path } from './filter.ts';
import { matchPositions } from './match-positions.ts';
import { firstElement } from './matches.ts';
import type { ArrayView } from './projection.ts';

/** `shown` with the array of the view cut to what the view shows. `document` is the whole of it. */
export function showElements(view: ArrayView, shown: Document, document: Document): Document {
  const change = view.kind === 'positional' ? chosenElement(view, document) : (value: Value) => elementsOf(view, value);
  return changeArrays(shown, view.path, 0, change);
}

/** Undefined: the field is left out. */
type ArrayChange = (value: Value) => Value | undefined;

function elementsOf(view: Exclude<ArrayView, { kind: 'positional' }>, array: Value): Value | undefined {
  if (!Array.isArray(array)) return view.kind === 'elemMatch' ? undefined : array;
  if (view.kind === 'elemMatch') {
    const index = firstElement(view.test, array);
    return index === -1 ? undefined : [array[index]!];
  }
  const start = view.skip < 0 ? Math.max(0, array.length + view.skip) : view.skip;
  return array.slice(start, start + view.count);
}

/** The index is that of the array at the path, else that of the array which the filter looked into last. */
function chosenElement({ path, filter }: Extract<ArrayView, { kind: 'positional' }>, document: Document): ArrayChange {
  const positions = matchPositions(filter, document);
  const text = path.join('.');
  const index = positions.get(text) ?? [...positions.values()].at(-1);
  return (array) => {
    if (!Array.isArray(array)) return array;
    const element = index === undefined ? undefined : array[index];
    if (element !== undefined) return [element];
    throw new AerolithError(
      'invalid_projection',
      `"${text}.$" shows the element that the filter matched, but the filter does not look into "${text}"; add a condition on it.`,
      { path: text },
    );
  };
}

/** A copy in which the arrays at the path are changed; arrays on the way are gone through, and other values stay. */
function changeArrays(document: Document, path: Path, at: number, change: ArrayChange): Document {
  const name = path[at]!;
  const value = document.get(name);
  if (value === undefined) return document;
  const next = at === path.length - 1 ? change(value) : changeWithin(value, path, at + 1, change);
  if (next === value) return document;
  const copy: Document = new Map(document);
  if (next === undefined) copy.delete(name);
  else copy.set(name, next);
  return copy;
}

function changeWithin(value: Value, path: Path, at: number, change: ArrayChange): Value {
  if (isDocument(value)) return changeArrays(value, path, at, change);
  return Array.isArray(value) ? value.map((element) => changeWithin(element, path, at, change)) : value;
}
