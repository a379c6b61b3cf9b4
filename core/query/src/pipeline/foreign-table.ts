import type { Document, Value } from '@aerolithdb/protocol';
import type { Filter, Path } from '../filter.ts';
import { matches } from '../matches.ts';
import { ValueSet } from '../value-set.ts';
import { indexValues, valuesAtPath } from '../values-at-path.ts';
import { sizeOf } from './memory-budget.ts';
import type { Run } from './run.ts';
import { valueKey } from './value-key.ts';

type Row = { readonly document: Document; readonly ordinal: number };

/** The documents of a collection by what stands at one path of them: a join without an index reads the collection once. */
export class ForeignTable {
  readonly #path: Path;
  readonly #rows = new Map<string, Row[]>();

  /** Throws `pipeline_too_large`. */
  constructor(path: Path, documents: Iterable<Document>, run: Run) {
    this.#path = path;
    let ordinal = 0;
    for (const document of documents) {
      run.memory.take(sizeOf(document), '$lookup');
      const row = { document, ordinal: ordinal++ };
      for (const key of keysOf(document, path)) this.#add(key, row);
    }
  }

  /** The documents with one of the values at the path, in the order in which they were read. */
  *matching(values: readonly Value[]): Generator<Document> {
    const rows = new Set(values.flatMap((value) => this.#rows.get(valueKey(value)) ?? []));
    const filter = inFilter(this.#path, values);
    for (const { document } of [...rows].sort((a, b) => a.ordinal - b.ordinal)) if (matches(filter, document)) yield document;
  }

  #add(key: string, row: Row): void {
    const rows = this.#rows.get(key);
    if (rows === undefined) this.#rows.set(key, [row]);
    else if (rows.at(-1) !== row) rows.push(row);
  }
}

/** Every value that an equality may find the document by: elements of arrays, and arrays as a whole. */
function keysOf(document: Document, path: Path): Set<string> {
  const keys = new Set(indexValues(document, path).values.map(valueKey));
  const whole = path.length === 1 ? document.get(path[0]!) : undefined;
  if (Array.isArray(whole)) keys.add(valueKey(whole));
  else if (path.length > 1) for (const array of wholeArrays(document, path, 0)) keys.add(valueKey(array));
  return keys;
}

/** Arrays that stand at the path, whichever way leads there. */
function wholeArrays(value: Value | undefined, path: Path, at: number): Value[] {
  if (at === path.length) return Array.isArray(value) ? [value] : [];
  if (value instanceof Map) return wholeArrays(value.get(path[at]!), path, at + 1);
  if (!Array.isArray(value)) return [];
  const chosen = value[Number(path[at])];
  return [
    ...value.flatMap((element) => (element instanceof Map ? wholeArrays(element, path, at) : [])),
    ...wholeArrays(chosen, path, at + 1),
  ];
}

export function inFilter(path: Path, values: readonly Value[]): Filter {
  return { kind: 'field', path, test: { op: 'in', values, set: new ValueSet(values) } };
}

/** What `$lookup` looks for: the elements of an array, null for a missing field. */
export function soughtValues(document: Document, path: Path): readonly Value[] {
  const values = valuesAtPath(document, path);
  if (values.length > 0) return values;
  return isEmptyArray(document, path) ? [] : [null];
}

function isEmptyArray(document: Document, path: Path): boolean {
  return wholeArrays(document, path, 0).length > 0;
}
