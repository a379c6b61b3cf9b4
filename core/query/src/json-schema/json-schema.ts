import { type Document, isDocument, suggestNearest, type Value } from '@aerolithdb/protocol';
import type { Expression } from '../expression/expression.ts';
import { CONTAINER_KEYWORDS } from './container-keywords.ts';
import { invalidSchema, type SchemaTest } from './schema-test.ts';
import { VALUE_KEYWORDS } from './value-keywords.ts';

const KEYWORDS = { ...VALUE_KEYWORDS, ...CONTAINER_KEYWORDS };

/**
 * `$jsonSchema`, as an expression about the whole document: JSON Schema of draft 4 with MongoDB's keywords, among them `bsonType`. As in
 * MongoDB there is no `$ref`, `definitions`, `format` or `default`. In a write it spends the steps of an expression.
 *
 * Throws `invalid_filter` (details: keyword), `invalid_regex`.
 *
 * @example
 * parseFilter(parseDocument('{"$jsonSchema":{"required":["name"],"properties":{"age":{"bsonType":"int","minimum":18}}}}'));
 */
export function jsonSchema(schema: Value): Expression {
  const test = readSchema(schema);
  return { evaluate: ({ root, steps }) => test(root, steps), isConstant: false, paths: undefined };
}

function readSchema(schema: Value): SchemaTest {
  if (!isDocument(schema)) throw invalidSchema('$jsonSchema', 'a schema is an object.');
  const tests = [...schema].map(([name, operand]) => readKeyword(name, operand, schema));
  return (value, steps) => {
    steps?.spend(1 + tests.length);
    for (const test of tests) if (!test(value, steps)) return false;
    return true;
  };
}

function readKeyword(name: string, operand: Value, schema: Document): SchemaTest {
  const keyword = Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name] : undefined;
  if (keyword !== undefined) return keyword(operand, schema, readSchema);
  const nearest = suggestNearest(name, Object.keys(KEYWORDS));
  const hint = nearest === undefined ? `known are ${Object.keys(KEYWORDS).sort().join(', ')}.` : `did you mean "${nearest}"?`;
  throw invalidSchema(name, `there is no keyword "${name}"; ${hint}`);
}
