import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Path } from '../filter.ts';
import { parsePath } from '../path.ts';
import { valuesAtPath } from '../values-at-path.ts';
import { type LanguageName, languageNamed } from './language-names.ts';

/** The path that stands for every string of a document. */
export const EVERY_STRING = '$**';

/** What a text index keeps: a field is a path, or `$**` for every string that no other field has. */
export type TextIndexShape = {
  readonly fields: readonly string[];
  readonly paths: readonly Path[];
  readonly language: LanguageName;
  /** The top-level field with the language of a document. */
  readonly languageOverride: string;
};

export function textIndexShape(fields: readonly string[], language: LanguageName, languageOverride: string): TextIndexShape {
  return { fields, paths: fields.map((field) => (field === EVERY_STRING ? [] : parsePath(field))), language, languageOverride };
}

/** The language of a document: what it says itself, when that is known, else that of the index. */
export function languageOf({ language, languageOverride }: TextIndexShape, document: Document): LanguageName {
  const own = document.get(languageOverride);
  return (typeof own === 'string' ? languageNamed(own) : undefined) ?? language;
}

/** The strings of a document for each field of the index. */
export function textsOf(shape: TextIndexShape, document: Document): string[][] {
  return shape.fields.map((field, i) =>
    field === EVERY_STRING ? otherTexts(shape, document) : textsAt(document, shape.paths[i]!),
  );
}

function textsAt(document: Document, path: Path): string[] {
  const texts: string[] = [];
  for (const value of valuesAtPath(document, path)) addTexts(value, texts);
  return texts;
}

function addTexts(value: Value, texts: string[]): void {
  if (typeof value === 'string') texts.push(value);
  else if (Array.isArray(value)) for (const element of value) addTexts(element, texts);
}

function otherTexts({ fields }: TextIndexShape, document: Document): string[] {
  const texts: string[] = [];
  const others = new Set(fields);
  const visit = (value: Value, path: string): void => {
    if (others.has(path)) return;
    if (typeof value === 'string') texts.push(value);
    else if (Array.isArray(value)) for (const element of value) visit(element, path);
    else if (isDocument(value)) for (const [name, inner] of value) visit(inner, path === '' ? name : `${path}.${name}`);
  };
  visit(document, '');
  return texts;
}
