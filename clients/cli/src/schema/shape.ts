import { type Document, isDocument, type TypeName, typeName, type Value } from '@aerolithdb/protocol';

/** Different texts that are kept at one place, and their greatest length; with more the values are no list to choose from. */
const TEXTS_MAX = 10;
const TEXT_LENGTH_MAX = 40;
/** Names that are kept of one object; with more it is taken for a map. */
const NAMES_MAX = 200;

/** What was seen at one place of the documents. */
export class Shape {
  seen = 0;
  readonly types = new Map<TypeName, number>();
  readonly fields = new Map<string, Shape>();
  /** Of the elements of arrays. */
  items: Shape | undefined;
  /** How often each text was seen; undefined once there are too many. */
  texts: Map<string, number> | undefined = new Map();
  /** Whether there were more names than are kept. */
  isMap = false;

  add(value: Value): void {
    this.seen += 1;
    const type = typeName(value);
    this.types.set(type, (this.types.get(type) ?? 0) + 1);
    if (typeof value === 'string') this.#addText(value);
    if (isDocument(value)) this.#addFields(value);
    if (Array.isArray(value)) this.#addItems(value);
  }

  #addText(text: string): void {
    if (this.texts === undefined) return;
    this.texts.set(text, (this.texts.get(text) ?? 0) + 1);
    if (this.texts.size > TEXTS_MAX || text.length > TEXT_LENGTH_MAX) this.texts = undefined;
  }

  #addFields(document: Document): void {
    for (const [name, value] of document) {
      const field = this.fields.get(name) ?? this.#newField(name);
      field?.add(value);
    }
  }

  #newField(name: string): Shape | undefined {
    if (this.fields.size >= NAMES_MAX) this.isMap = true;
    if (this.isMap) return undefined;
    const field = new Shape();
    this.fields.set(name, field);
    return field;
  }

  #addItems(values: readonly Value[]): void {
    this.items ??= new Shape();
    for (const value of values) this.items.add(value);
  }
}
