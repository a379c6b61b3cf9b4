import { type Document, Double, isDocument, ObjectId, toRelaxed, typeName, type Value } from '@aerolithdb/protocol';

/** A document as a JSON Schema sees it: plain JSON, with relaxed Extended JSON for the types that JSON does not have. */
export class SchemaForm {
  readonly root: unknown;
  /** The values that plain containers were made of, so that `bsonType` can see types that JSON loses. */
  readonly #sources = new WeakMap<object, Document | Value[]>();

  constructor(document: Document) {
    this.root = this.#plain(document);
  }

  /** BSON type names of the value at `key` of a plain container; of the whole document without one. */
  typeAt(container: unknown, key: string | number | undefined): string | undefined {
    if (typeof container !== 'object' || container === null) return 'object';
    const source = this.#sources.get(container);
    if (source === undefined) return undefined;
    const value = isDocument(source) ? source.get(String(key)) : source[Number(key)];
    return value === undefined ? undefined : typeName(value);
  }

  #plain(value: Value): unknown {
    if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? Number(value) : value;
    if (isDocument(value)) return this.#plainDocument(value);
    if (Array.isArray(value)) {
      const array = value.map((element) => this.#plain(element));
      this.#sources.set(array, value);
      return array;
    }
    if (value instanceof Double) return value.value;
    if (value instanceof ObjectId) return { $oid: value.hex };
    return JSON.parse(toRelaxed(value)) as unknown;
  }

  #plainDocument(document: Document): object {
    const object: Record<string, unknown> = {};
    for (const [name, value] of document) object[name] = this.#plain(value);
    this.#sources.set(object, document);
    return object;
  }
}
