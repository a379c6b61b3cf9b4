import {
  AerolithError,
  arraySlices,
  assertStorable,
  type Document,
  fromPlain,
  isDocument,
  type ObjectId,
  parseValue,
  RegularExpression,
  type StoredText,
  toPlain,
  toStored,
  type Value,
} from '@aerolithdb/protocol';

/** The stored text of a value of plain JavaScript. Throws `invalid_value`, `too_deep`. */
export function storedValue(plain: unknown): StoredText {
  return toStored(fromPlain(plain));
}

/** The stored text of a plain object that is no document, such as a sort. Throws `invalid_value`, `too_deep`. */
export function storedObject(plain: object, what: string): StoredText {
  return toStored(documentOf(plain, what));
}

/** As `storedObject`, of a filter. Throws `invalid_filter` for a field that is undefined: leaving it out would select more. */
export function storedFilter(filter: object): StoredText {
  assertNoUndefined(filter, '', 0);
  return storedObject(filter, 'A filter');
}

/** A document to be stored: `_id` first, made when there is none. Throws what `assertStorable` throws. */
export function newDocument(plain: object, newId: () => ObjectId): { readonly id: unknown; readonly text: StoredText } {
  const given = documentOf(plain, 'A document');
  const named = given.get('_id');
  const id = named === undefined ? newId() : named;
  const document: Document = new Map<string, Value>([['_id', id], ...given]);
  assertStorable(document);
  return { id: toPlain(id), text: toStored(document) };
}

/** A document that takes the place of one with this `_id`, which is put first. */
export function replacementDocument(plain: object, id: StoredText): StoredText {
  const given = documentOf(plain, 'A document');
  const document: Document = given.has('_id') ? given : new Map<string, Value>([['_id', parseValue(id)], ...given]);
  assertStorable(document);
  return toStored(document);
}

/** Where a number of so many digits may stand, the parser of the platform could round it. */
const LONG_NUMBER = /\d{16}/;

/** Plain JavaScript of JSON text that the database gave. The caller says which type it has. */
export function plainOf<T>(text: string): T {
  if (LONG_NUMBER.test(text)) return toPlain(parseValue(text)) as T;
  const plain: unknown = JSON.parse(text);
  return (text.includes('"$') ? unwrapped(plain) : plain) as T;
}

/** With each Extended JSON wrapper replaced by what it stands for. */
function unwrapped(plain: unknown): unknown {
  if (typeof plain !== 'object' || plain === null) return plain;
  if (Array.isArray(plain)) return plain.map(unwrapped);
  const object = plain as Record<string, unknown>;
  for (const name of Object.keys(object)) {
    if (name.startsWith('$')) return toPlain(fromPlain(object));
    object[name] = unwrapped(object[name]);
  }
  return object;
}

/** Each item of a JSON array as plain JavaScript. */
export function plainItems<T>(text: string): T[] {
  return arraySlices(text).map((item) => plainOf<T>(item));
}

/** The stored text of the one `_id` that a filter asks for, when it asks for nothing else. */
export function onlyId(filter: object): StoredText | undefined {
  if (filter instanceof Map) return undefined;
  const [first, ...more] = Object.keys(filter);
  if (first !== '_id' || more.length > 0) return undefined;
  const id = fromPlain((filter as { readonly _id: unknown })._id);
  const isValue = id !== null && !Array.isArray(id) && !isDocument(id) && !(id instanceof RegularExpression);
  return isValue ? toStored(id) : undefined;
}

function documentOf(plain: object, what: string): Document {
  const value = plain === undefined ? undefined : fromPlain(plain);
  if (isDocument(value)) return value;
  throw new AerolithError('invalid_value', `${what} must be an object, such as { name: 'Oslo' }.`);
}

function assertNoUndefined(value: unknown, path: string, level: number): void {
  // What is deeper, or a cycle, is refused by the conversion.
  if (level > 100 || typeof value !== 'object' || value === null || value instanceof Map) return;
  for (const [name, inner] of Object.entries(value)) {
    const here = path === '' ? name : `${path}.${name}`;
    if (inner === undefined) throw undefinedIn(here);
    assertNoUndefined(inner, here, level + 1);
  }
}

function undefinedIn(path: string): AerolithError {
  const message = `"${path}" of the filter is undefined. Leave it out to select whatever it is, or use null or { $exists: false } for a missing field.`;
  return new AerolithError('invalid_filter', message, { path });
}
