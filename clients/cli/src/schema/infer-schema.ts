import { compareText, type TypeName } from '@aerolithdb/protocol';
import type { Shape } from './shape.ts';

export type InferredSchema = { readonly [keyword: string]: unknown };

/** What was looked at. */
export type Sampled = { readonly collection: string; readonly looked: number; readonly documents: number };

/** A list of values is given only when it is clear: each was seen so often, among so many. */
const ENUM_EACH_MIN = 5;
const ENUM_SEEN_MIN = 50;

const JSON_TYPES: Readonly<Partial<Record<TypeName, string>>> = {
  string: 'string',
  bool: 'boolean',
  null: 'null',
  int: 'integer',
  long: 'integer',
  double: 'number',
  object: 'object',
  array: 'array',
};

/**
 * The JSON Schema (draft 2020-12) that all documents of a sample satisfy. Shares stand in `$comment`, where no checker reads them. Types
 * that JSON lacks are named by `bsonType`, which AerolithDB checks.
 */
export function inferSchema(shape: Shape, sampled: Sampled): InferredSchema {
  const { $comment: _, ...root } = schemaOf(shape, shape.seen);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: sampled.collection,
    $comment: sampleComment(sampled),
    ...(shape.seen === 0 ? { type: 'object' } : root),
  };
}

function sampleComment({ looked, documents }: Sampled): string {
  if (documents === 0) return 'Inferred from an empty collection: nothing is known of its documents.';
  if (looked >= documents) return `Inferred from all ${looked} documents there were. Later ones may differ.`;
  return `Inferred from a sample of ${looked} of ${documents} documents: those not looked at may have other fields and types.`;
}

/** `parents`: how often the place could have been filled. */
function schemaOf(shape: Shape, parents: number): InferredSchema {
  const comment = shares(shape, parents);
  return {
    ...typeKeywords(shape),
    ...enumKeyword(shape),
    ...(comment === '' ? {} : { $comment: comment }),
    ...objectKeywords(shape),
    ...(shape.items === undefined || shape.items.seen === 0 ? {} : { items: schemaOf(shape.items, shape.items.seen) }),
  };
}

/** A whole number is a number too, and JSON Schema counts 1.0 as whole: named together they are `number`. */
function typeKeywords({ types }: Shape): InferredSchema {
  const names = [...types.keys()].sort(compareText);
  if (names.some((name) => JSON_TYPES[name] === undefined)) return { bsonType: names.length === 1 ? names[0] : names };
  const json = [...new Set(names.map((name) => JSON_TYPES[name] ?? name))];
  const merged = json.includes('number') ? json.filter((name) => name !== 'integer') : json;
  return { type: merged.length === 1 ? merged[0] : merged.sort(compareText) };
}

function enumKeyword({ types, texts, seen }: Shape): InferredSchema {
  const isTexts = types.has('string') && [...types.keys()].every((name) => name === 'string' || name === 'null');
  if (!isTexts || texts === undefined || seen < ENUM_SEEN_MIN) return {};
  if (texts.size < 2 || [...texts.values()].some((count) => count < ENUM_EACH_MIN)) return {};
  const values: (string | null)[] = [...texts.keys()].sort(compareText);
  return { enum: types.has('null') ? [...values, null] : values };
}

function objectKeywords(shape: Shape): InferredSchema {
  const objects = shape.types.get('object') ?? 0;
  if (objects === 0) return {};
  if (shape.isMap) return { description: `More than ${shape.fields.size} different names: taken for a map.` };
  const fields = [...shape.fields];
  const required = fields.filter(([, field]) => field.seen === objects).map(([name]) => name);
  return {
    properties: Object.fromEntries(fields.map(([name, field]) => [name, schemaOf(field, objects)])),
    ...(required.length === 0 ? {} : { required }),
  };
}

/** `in 93 %; 98 % string, 2 % null`: what is not plain from the keywords. */
function shares({ seen, types }: Shape, parents: number): string {
  const present = seen < parents ? [`in ${percent(seen, parents)}`] : [];
  const byShare = [...types].sort(([, a], [, b]) => b - a);
  const kinds = byShare.length < 2 ? [] : [byShare.map(([name, count]) => `${percent(count, seen)} ${name}`).join(', ')];
  return [...present, ...kinds].join('; ');
}

/** Never 0 % of what was seen and never 100 % of what was not always so. */
function percent(part: number, whole: number): string {
  const value = (part / whole) * 100;
  if (value < 0.1) return 'under 0.1 %';
  if (value > 99.9 && part < whole) return 'over 99.9 %';
  return `${Number(value.toFixed(value < 10 || value > 90 ? 1 : 0))} %`;
}
