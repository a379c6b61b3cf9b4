import { type AerolithError, type Document, isDocument, typeName, type Value } from '@aerolithdb/protocol';
import { type ChangeContext, changedValue } from './change-value.ts';
import type { Path } from './filter.ts';
import { invalidChange } from './invalid-change.ts';
import { QUERY_LIMITS } from './limits.ts';
import { matches } from './matches.ts';
import { conflict } from './parse-update.ts';
import { arrayIndex } from './path.ts';
import { PathTree } from './path-tree.ts';
import type { FieldUpdate, Update } from './update.ts';
import { filterName, isPositional } from './update-path.ts';

/**
 * A document on which the fields of an update are applied one after the other.
 *
 * Invariants:
 * 1. Only containers made here (`#own`) are changed in place; every other one is copied first, once.
 * 2. A method that changes nothing returns the container it was given, so `document` stays the original until something changes.
 */
export class UpdateDraft {
  document: Document;
  readonly #update: Update;
  readonly #context: ChangeContext;
  readonly #findPositions: () => ReadonlyMap<string, number>;
  readonly #owned = new Set<Document | Value[]>();
  /** The path of the value at hand, with indexes in place of positional components. */
  readonly #trail: string[] = [];
  readonly #touched: PathTree | undefined;
  #positions: ReadonlyMap<string, number> | undefined;

  constructor(document: Document, update: Update, context: ChangeContext, findPositions: () => ReadonlyMap<string, number>) {
    this.document = document;
    this.#update = update;
    this.#context = context;
    this.#findPositions = findPositions;
    this.#touched = update.positional && update.fields.length > 1 ? new PathTree() : undefined;
  }

  apply(field: FieldUpdate): void {
    if (field.change.op === 'rename') this.#rename(field, field.change.from);
    else this.document = this.#inDocument(this.document, field, 0);
  }

  #inDocument(document: Document, field: FieldUpdate, at: number): Document {
    const name = field.path[at]!;
    if (isPositional(name)) throw this.#notAnArray(field, at, document);
    const old = document.get(name);
    const next = this.#step(name, field, at, old);
    if (Object.is(next, old)) return document;
    const own = this.#own(document);
    if (next === undefined) own.delete(name);
    else own.set(name, next);
    return own;
  }

  /** What becomes of `old`, which stands at component `at` of the path; undefined: it is missing. */
  #step(name: string, field: FieldUpdate, at: number, old: Value | undefined): Value | undefined {
    this.#trail.push(name);
    try {
      if (at === field.path.length - 1) return this.#atEnd(field, old);
      return old === undefined ? this.#create(field, at + 1) : this.#inValue(old, field, at + 1);
    } finally {
      this.#trail.pop();
    }
  }

  #atEnd(field: FieldUpdate, old: Value | undefined): Value | undefined {
    const other = this.#touched?.add([...this.#trail]);
    if (other !== undefined) throw conflict(other, this.#trail);
    return changedValue(field, old, this.#context);
  }

  #inValue(value: Value, field: FieldUpdate, at: number): Value {
    if (isDocument(value)) return this.#inDocument(value, field, at);
    if (Array.isArray(value)) return this.#inArray(value, field, at);
    if (isPositional(field.path[at]!)) throw this.#notAnArray(field, at, value);
    if (!this.#creates(field)) return value;
    throw this.#cannotCreate(field, at, `which is of type ${typeName(value)}`);
  }

  #inArray(array: Value[], field: FieldUpdate, at: number): Value[] {
    const component = field.path[at]!;
    const indexes = isPositional(component) ? this.#chosen(array, field, at) : [arrayIndex(component)];
    if (indexes[0] === -1) {
      if (!this.#creates(field)) return array;
      throw this.#cannotCreate(field, at, 'which is an array; name an element by its index, $[] or $[x]');
    }
    let result = array;
    for (const index of indexes) result = this.#inElement(result, index, field, at);
    return result;
  }

  #inElement(array: Value[], index: number, field: FieldUpdate, at: number): Value[] {
    const old = array[index];
    const next = this.#step(String(index), field, at, old);
    if (Object.is(next, old)) return array;
    if (index - array.length > QUERY_LIMITS.arrayPadding) {
      throw invalid(field, `would put more than ${QUERY_LIMITS.arrayPadding} nulls into the array to reach index ${index}`);
    }
    const own = this.#own(array);
    while (own.length < index) own.push(null);
    own[index] = next ?? null;
    return own;
  }

  /** The indexes that a positional component stands for. */
  #chosen(array: Value[], field: FieldUpdate, at: number): number[] {
    const component = field.path[at]!;
    if (component === '$') return [this.#position(array, field, at)];
    const name = filterName(component);
    if (name === undefined) return [...array.keys()];
    const filter = this.#update.arrayFilters.get(name)!;
    return [...array.keys()].filter((index) => matches(filter, new Map([[name, array[index]!]])));
  }

  #position(array: Value[], field: FieldUpdate, at: number): number {
    this.#positions ??= this.#findPositions();
    const index = this.#positions.get(this.#trail.join('.')) ?? [...this.#positions.values()].at(-1);
    if (index !== undefined && index < array.length) return index;
    const path = field.path.slice(0, at).join('.');
    throw invalid(field, `has a $ that stands for no element; the filter must have a condition on the array "${path}"`);
  }

  /** The rest of the path as new objects around the value, or undefined when the change does not make one. */
  #create(field: FieldUpdate, at: number): Value | undefined {
    const name = field.path[at]!;
    if (isPositional(name)) throw invalid(field, `needs the array "${this.#trail.join('.')}", which the document does not have`);
    const value = this.#step(name, field, at, undefined);
    if (value === undefined) return undefined;
    const created: Document = new Map([[name, value]]);
    this.#owned.add(created);
    return created;
  }

  #creates(field: FieldUpdate): boolean {
    return changedValue(field, undefined, this.#context) !== undefined;
  }

  #rename(field: FieldUpdate, from: Path): void {
    const value = valueInObjects(this.document, from, field);
    if (value === undefined) return;
    valueInObjects(this.document, field.path, field);
    this.apply({ operator: field.operator, path: from, change: { op: 'unset' } });
    this.apply({ operator: field.operator, path: field.path, change: { op: 'set', value } });
  }

  #own<Container extends Document | Value[]>(container: Container): Container {
    if (this.#owned.has(container)) return container;
    const copy = (isDocument(container) ? new Map(container) : container.slice()) as Container;
    this.#owned.add(copy);
    return copy;
  }

  #notAnArray(field: FieldUpdate, at: number, value: Value): AerolithError {
    const path = field.path.slice(0, at).join('.');
    return invalid(field, `needs an array at "${path}"; the document has a value of type ${typeName(value)}`);
  }

  #cannotCreate(field: FieldUpdate, at: number, why: string): AerolithError {
    return invalid(field, `cannot make a field "${field.path[at]}" in "${this.#trail.join('.')}", ${why}`);
  }
}

/** The value at a path that goes through objects only. Throws `invalid_update` when an array is on the way. */
function valueInObjects(document: Document, path: Path, field: FieldUpdate): Value | undefined {
  let value: Value | undefined = document;
  for (const component of path) {
    if (Array.isArray(value)) throw invalid(field, `cannot go through an array (on the way to "${path.join('.')}")`);
    if (!isDocument(value)) return undefined;
    value = value.get(component);
  }
  return value;
}

function invalid(field: FieldUpdate, what: string): AerolithError {
  return invalidChange(field.operator, field.path.join('.'), what);
}
