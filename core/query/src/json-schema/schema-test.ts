import { AerolithError, type Value } from '@aerolithdb/protocol';
import type { Steps } from '../expression/steps.ts';

/** Whether a value satisfies a schema or one keyword of it. Spends a step for each keyword that is looked at. */
export type SchemaTest = (value: Value, steps: Steps | undefined) => boolean;

/** Reads a schema inside of another. */
export type SchemaReader = (schema: Value) => SchemaTest;

/** Makes the test of a keyword out of its operand. `siblings`: the schema that it stands in. */
export type Keyword = (operand: Value, siblings: ReadonlyMap<string, Value>, read: SchemaReader) => SchemaTest;

export function invalidSchema(keyword: string, message: string): AerolithError {
  return new AerolithError('invalid_filter', `$jsonSchema: ${message}`, { operator: '$jsonSchema', keyword });
}

export const ALWAYS: SchemaTest = () => true;
