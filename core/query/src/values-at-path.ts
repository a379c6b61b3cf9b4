import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Path } from './filter.ts';
import { arrayIndex } from './path.ts';

/**
 * All values at a path, arrays on the way and at its end taken apart one level (an empty array gives nothing); a missing
 * field gives nothing. This is what `distinct` collects.
 */
export function valuesAtPath(document: Document, path: Path): Value[] {
  const found: Value[] = [];
  collect(document, path, 0, (value, explicit) => {
    if (Array.isArray(value) && !explicit) append(found, value);
    else if (value !== undefined) found.push(value);
  });
  return found;
}

/**
 * What an index on the path holds for the document: every element of an array, an empty array as itself, and null where the
 * field is missing. `multikey` says that an array stood on the path, so that one document may have several entries.
 * Values may repeat. An entry of null is necessary, not sufficient, for `{path: null}`: check the document.
 */
export function indexValues(document: Document, path: Path): { values: Value[]; multikey: boolean } {
  if (path.length === 1) {
    const value = document.get(path[0]!);
    if (!Array.isArray(value)) return { values: [value ?? null], multikey: false };
    return { values: value.length === 0 ? [value] : value, multikey: true };
  }
  const values: Value[] = [];
  let leafArray = false;
  const passed = collect(document, path, 0, (value, explicit) => {
    if (!Array.isArray(value) || explicit) values.push(value ?? null);
    else {
      leafArray = true;
      if (value.length === 0) values.push(value);
      else append(values, value);
    }
  });
  if (values.length === 0) values.push(null);
  return { values, multikey: passed || leafArray };
}

/** Not by spreading, which fails for arrays of some 100,000 elements. */
function append(target: Value[], values: readonly Value[]): void {
  for (const value of values) target.push(value);
}

type Visit = (value: Value | undefined, explicit: boolean) => void;

/**
 * Visits what stands at the path: `undefined` where an object lacks the field, nothing for an array element that is no object.
 * `explicit` says that a numeric component chose the value out of an array, which is then taken whole.
 * Returns whether an array was passed on the way.
 */
function collect(document: Document, path: Path, at: number, visit: Visit): boolean {
  const value = document.get(path[at]!);
  if (at === path.length - 1) {
    visit(value, false);
    return false;
  }
  if (isDocument(value)) return collect(value, path, at + 1, visit);
  if (Array.isArray(value)) return collectArray(value, path, at + 1, visit);
  visit(undefined, false);
  return false;
}

function collectArray(array: Value[], path: Path, at: number, visit: Visit): true {
  const chosen = arrayIndex(path[at]!);
  for (let i = 0; i < array.length; i += 1) {
    const element = array[i]!;
    if (isDocument(element)) collect(element, path, at, visit);
    if (i !== chosen) continue;
    if (at === path.length - 1) visit(element, true);
    else if (isDocument(element)) collect(element, path, at + 1, visit);
    else if (Array.isArray(element)) collectArray(element, path, at + 1, visit);
  }
  return true;
}

/** Every value that a test of the path is tried on: what stands there and, of an array that ends it, each element too. */
export function testedValues(document: Document, path: Path): Value[] {
  const found: Value[] = [];
  collect(document, path, 0, (value, explicit) => {
    if (Array.isArray(value) && !explicit) append(found, value);
    if (value !== undefined) found.push(value);
  });
  return found;
}

/** What stands at the path, arrays that end it as a whole; a missing field gives nothing. */
export function wholeValues(document: Document, path: Path): Value[] {
  const found: Value[] = [];
  collect(document, path, 0, (value) => {
    if (value !== undefined) found.push(value);
  });
  return found;
}
