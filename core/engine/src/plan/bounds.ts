import { BRACKETS, encodeKey, MaxKey, MinKey, RegularExpression, typeBracket, type Value } from '@aerolithdb/protocol';
import { arrayIndex, type Comparison, type Path, regexPrefix, type Test } from '@aerolithdb/query';
import { afterPrefix, intersection, type KeyInterval, union, withPrefix } from './key-interval.ts';
import { nextText } from './next-text.ts';

/**
 * Where the index entries of a path lie for documents that pass a test. Always necessary: a document that passes has an entry in
 * `intervals` (ascending form, in order).
 */
export type Bounds = {
  readonly intervals: readonly KeyInterval[];
  /** Each interval holds the entries of one value. */
  readonly points: boolean;
  /** Every document with an entry there passes the test. */
  readonly exact: boolean;
};

/** Undefined: the test says nothing of where its entries lie. */
export function boundsOf(path: Path, test: Test): Bounds | undefined {
  switch (test.op) {
    case 'eq':
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return boundsOfComparison(test.op, test.value);
    case 'in':
      return boundsOfIn(test.values);
    case 'regex':
      return boundsOfRegex(test.pattern, test.options);
    case 'all':
      return boundsOfAll(path, test.tests);
    case 'elemMatchValue':
      return path.some(isIndex) ? undefined : boundsOfElement(path, test.tests);
    default:
      return undefined;
  }
}

/** Every test must hold for the same entry: what an index without arrays, and one element of an array, allow. */
export function intersectBounds(bounds: readonly Bounds[]): Bounds | undefined {
  const [first, ...others] = bounds;
  if (first === undefined) return undefined;
  return others.reduce((a, b) => {
    const intervals = intersection(a.intervals, b.intervals);
    return { intervals, points: a.points || b.points, exact: a.exact && b.exact };
  }, first);
}

function boundsOfComparison(op: Comparison, value: Value): Bounds | undefined {
  if (value instanceof MinKey || value instanceof MaxKey) return undefined;
  if (op === 'eq') return boundsOfEqual(value);
  const bracket = typeBracket(value);
  const key = encodeKey(value);
  const withEqual = op === 'gte' || op === 'lte';
  if (bracket === BRACKETS.null || isNaNKey(key)) return withEqual ? boundsOfEqual(value) : undefined;
  // An index holds the elements of an array, never the array, so its order cannot be read off the entries.
  if (bracket === BRACKETS.array) return undefined;
  const interval =
    op === 'gt' || op === 'gte'
      ? { low: withEqual ? key : afterPrefix(key), high: Uint8Array.of(bracket + 1) }
      : { low: classStart(bracket), high: withEqual ? afterPrefix(key) : key };
  return { intervals: union([interval]), points: false, exact: true };
}

/**
 * An array equals one whose first element is entered for it, or is itself an element. An entry of null is also written where
 * something else than null may stand, so it is not exact.
 */
function boundsOfEqual(value: Value): Bounds {
  const keys = [value];
  if (Array.isArray(value) && value.length > 0) keys.push(value[0]!);
  const exact = value !== null && !Array.isArray(value);
  return { intervals: union(keys.map((key) => withPrefix(encodeKey(key)))), points: true, exact };
}

function boundsOfIn(values: readonly Value[]): Bounds | undefined {
  if (values.some((value) => value instanceof MinKey || value instanceof MaxKey)) return undefined;
  const each = values.map(boundsOfEqual);
  const intervals = union(each.flatMap((bounds) => bounds.intervals));
  return { intervals, points: true, exact: each.every((bounds) => bounds.exact) };
}

/** A regular expression also matches the stored one with the same pattern. */
function boundsOfRegex(pattern: string, options: string): Bounds | undefined {
  const prefix = regexPrefix(pattern, options);
  if (prefix === undefined) return undefined;
  const next = nextText(prefix);
  const high = next === undefined ? Uint8Array.of(BRACKETS.string + 1) : encodeKey(next);
  const stored = withPrefix(encodeKey(new RegularExpression(pattern, options)));
  return { intervals: union([{ low: encodeKey(prefix), high }, stored]), points: false, exact: false };
}

function boundsOfAll(path: Path, tests: readonly Test[]): Bounds | undefined {
  const bounds = tests.map((test) => boundsOf(path, test)).find((candidate) => candidate !== undefined);
  return bounds === undefined ? undefined : { ...bounds, exact: bounds.exact && tests.length === 1 };
}

/** A path that picks an element out of an array has the whole value as its entry, also when that is an array itself. */
function isIndex(component: string): boolean {
  return arrayIndex(component) !== -1;
}

function boundsOfElement(path: Path, tests: readonly Test[]): Bounds | undefined {
  const ofElement = tests.filter((test) => !looksInside(test)).map((test) => boundsOf(path, test));
  const bounds = intersectBounds(ofElement.filter((candidate) => candidate !== undefined));
  return bounds === undefined ? undefined : { ...bounds, exact: false };
}

/** An element that is an array has one entry, itself, which says nothing of the elements inside it. */
function looksInside(test: Test): boolean {
  return test.op === 'elemMatchValue' || (test.op === 'all' && test.tests.some(looksInside));
}

/** NaN is kept below all numbers, but no range holds it. */
function classStart(bracket: number): Uint8Array {
  return bracket === BRACKETS.number ? afterPrefix(encodeKey(Number.NaN)) : Uint8Array.of(bracket);
}

const NAN_KEY = Buffer.from(encodeKey(Number.NaN));

function isNaNKey(key: Uint8Array): boolean {
  return NAN_KEY.equals(key);
}
