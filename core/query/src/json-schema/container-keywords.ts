import { isDocument, type Value } from '@aerolithdb/protocol';
import { compileRegex } from '../regex.ts';
import { ValueSet } from '../value-set.ts';
import { countOf, flagOf, listOf, namesOf, objectOf } from './schema-operands.ts';
import type { Keyword, SchemaReader, SchemaTest } from './schema-test.ts';

/** Keywords about what is inside of objects and arrays, and about several schemas together. */
export const CONTAINER_KEYWORDS: Readonly<Record<string, Keyword>> = {
  required(operand) {
    const names = namesOf('required', operand);
    return (value, steps) => {
      steps?.spend(names.length);
      return !isDocument(value) || names.every((name) => value.has(name));
    };
  },
  properties(operand, _siblings, read) {
    const tests = testsOf('properties', operand, read);
    return (value, steps) =>
      !isDocument(value) || tests.every(([name, test]) => !value.has(name) || test(value.get(name)!, steps));
  },
  patternProperties(operand, _siblings, read) {
    const tests = testsOf('patternProperties', operand, read).map(([pattern, test]) => [compileRegex(pattern), test] as const);
    return (value, steps) =>
      !isDocument(value) ||
      [...value].every(([name, inner]) => tests.every(([regex, test]) => !regex.test(name) || test(inner, steps)));
  },
  additionalProperties(operand, siblings, read) {
    const test = flagOrSchema('additionalProperties', operand, read);
    const named = new Set(objectOf('properties', siblings.get('properties') ?? new Map()).keys());
    const patterns = [...objectOf('patternProperties', siblings.get('patternProperties') ?? new Map()).keys()].map((pattern) =>
      compileRegex(pattern),
    );
    const isFurther = (name: string) => !named.has(name) && !patterns.some((pattern) => pattern.test(name));
    return (value, steps) => !isDocument(value) || [...value].every(([name, inner]) => !isFurther(name) || test(inner, steps));
  },
  minProperties(operand) {
    const least = countOf('minProperties', operand);
    return (value) => !isDocument(value) || value.size >= least;
  },
  maxProperties(operand) {
    const most = countOf('maxProperties', operand);
    return (value) => !isDocument(value) || value.size <= most;
  },
  dependencies(operand, _siblings, read) {
    const tests = [...objectOf('dependencies', operand)].map(([name, wanted]) => [name, dependency(wanted, read)] as const);
    return (value, steps) => !isDocument(value) || tests.every(([name, test]) => !value.has(name) || test(value, steps));
  },
  items(operand, _siblings, read) {
    if (!Array.isArray(operand)) return eachElement(read(operand), 0);
    const tests = operand.map(read);
    return (value, steps) => !Array.isArray(value) || tests.every((test, i) => i >= value.length || test(value[i]!, steps));
  },
  additionalItems(operand, siblings, read) {
    const items = siblings.get('items');
    // Beside one schema for all there are no further elements.
    const from = Array.isArray(items) ? items.length : Number.POSITIVE_INFINITY;
    return eachElement(flagOrSchema('additionalItems', operand, read), from);
  },
  minItems(operand) {
    const least = countOf('minItems', operand);
    return (value) => !Array.isArray(value) || value.length >= least;
  },
  maxItems(operand) {
    const most = countOf('maxItems', operand);
    return (value) => !Array.isArray(value) || value.length <= most;
  },
  uniqueItems: (operand) => (flagOf('uniqueItems', operand) ? allDifferent : () => true),
  allOf: several('allOf', (held, all) => held === all),
  anyOf: several('anyOf', (held) => held > 0),
  oneOf: several('oneOf', (held) => held === 1),
  not(operand, _siblings, read) {
    const test = read(operand);
    return (value, steps) => !test(value, steps);
  },
};

function testsOf(keyword: string, operand: Value, read: SchemaReader): (readonly [string, SchemaTest])[] {
  return [...objectOf(keyword, operand)].map(([name, schema]) => [name, read(schema)] as const);
}

function flagOrSchema(keyword: string, operand: Value, read: SchemaReader): SchemaTest {
  if (typeof operand !== 'boolean') return read(objectOf(keyword, operand));
  return () => operand;
}

/** A field needs others beside it, or the object that has it needs to satisfy a schema. */
function dependency(wanted: Value, read: SchemaReader): SchemaTest {
  if (!Array.isArray(wanted)) return read(wanted);
  const names = namesOf('dependencies', wanted);
  return (value) => isDocument(value) && names.every((name) => value.has(name));
}

function eachElement(test: SchemaTest, from: number): SchemaTest {
  return (value, steps) => {
    if (!Array.isArray(value)) return true;
    for (let i = from; i < value.length; i++) if (!test(value[i]!, steps)) return false;
    return true;
  };
}

function several(keyword: string, holds: (held: number, all: number) => boolean): Keyword {
  return (operand, _siblings, read) => {
    const tests = listOf(keyword, operand).map(read);
    return (value, steps) => holds(tests.filter((test) => test(value, steps)).length, tests.length);
  };
}

const allDifferent: SchemaTest = (value, steps) => {
  if (!Array.isArray(value)) return true;
  steps?.spendOn(value);
  const seen = new ValueSet([]);
  return value.every((element) => {
    if (seen.has(element)) return false;
    seen.add(element);
    return true;
  });
};
