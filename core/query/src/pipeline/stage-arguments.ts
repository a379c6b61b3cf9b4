import { type AerolithError, type Document, isDocument, suggestNearest, type Value } from '@aerolithdb/protocol';
import type { Expression, Scope, Variables } from '../expression/expression.ts';
import { parseExpression } from '../expression/parse-expression.ts';
import type { Path } from '../filter.ts';
import { asWholeNumber } from '../numeric.ts';
import { splitPath } from '../path.ts';
import { invalidPipeline } from './pipeline-error.ts';
import type { Reading } from './reading.ts';

/** Readers of the arguments of stages. Each throws `invalid_pipeline` with a sentence that names the stage and what it takes. */

/** An object whose fields are among `known`; all of `required` are there. */
export function optionsOf(stage: string, value: Value, known: readonly string[], required: readonly string[] = []): Document {
  const options = documentOf(stage, value, `an object with the fields ${known.join(', ')}`);
  for (const name of options.keys()) if (!known.includes(name)) throw unknownOption(stage, name, known);
  for (const name of required)
    if (!options.has(name)) throw invalidPipeline(stage, `${stage} needs the field "${name}".`, { field: name });
  return options;
}

function unknownOption(stage: string, name: string, known: readonly string[]): AerolithError {
  const nearest = suggestNearest(name, known);
  const hint = nearest === undefined ? `It takes ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
  return invalidPipeline(stage, `${stage} has no field "${name}". ${hint}`, { field: name });
}

export function documentOf(stage: string, value: Value | undefined, what: string): Document {
  if (isDocument(value)) return value;
  throw invalidPipeline(stage, `${stage} takes ${what}.`);
}

/** A whole number from `least` on. */
export function wholeNumberOf(stage: string, value: Value | undefined, least: number, name = 'its argument'): number {
  const number = asWholeNumber(value);
  if (number !== undefined && number >= least) return number;
  throw invalidPipeline(stage, `${stage} takes a whole number from ${least} on as ${name}.`);
}

export function stringOf(stage: string, value: Value | undefined, name: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw invalidPipeline(stage, `${stage} takes a text as "${name}".`, { field: name });
}

/** A text that is the whole argument of a stage, or one of a list. */
export function textOf(stage: string, value: Value, what: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw invalidPipeline(stage, `${stage} takes ${what}, as text that is not empty.`);
}

/** A dotted path of a field to write: no empty component, none that begins with `$`. */
export function fieldPathOf(stage: string, value: Value | undefined, name: string): Path {
  return fieldPath(stage, stringOf(stage, value, name));
}

export function fieldPath(stage: string, text: string): Path {
  const path = splitPath(text, 'invalid_pipeline');
  if (!path.includes('') && !path.some((component) => component.startsWith('$'))) return path;
  throw invalidPipeline(stage, `"${text}" in ${stage} is no path of a field: its names are neither empty nor begin with "$".`, {
    path: text,
  });
}

/** `"$a.b"`, the reference to a field, as its path. */
export function referenceOf(stage: string, value: Value | undefined, name: string): Path {
  const text = stringOf(stage, value, name);
  if (text.startsWith('$') && !text.startsWith('$$')) return fieldPath(stage, text.slice(1));
  throw invalidPipeline(
    stage,
    `${stage} takes a field as "${name}", written with a dollar sign: "$${text.replace(/^\$+/, '')}".`,
  );
}

/** The name of one field of the documents that come out. */
export function fieldNameOf(stage: string, name: string): string {
  if (name !== '' && !name.startsWith('$') && !name.includes('.')) return name;
  throw invalidPipeline(stage, `"${name}" is no name for a field in ${stage}: it is not empty, has no dot and no "$" in front.`, {
    field: name,
  });
}

/** A list with at least one element. */
export function listOf(stage: string, value: Value | undefined, name: string): readonly Value[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw invalidPipeline(stage, `${stage} takes a list with at least one element as "${name}".`, { field: name });
}

/** The value of an expression that names no field. */
export function constantOf(stage: string, value: Value, name: string): Value {
  const expression = parseExpression(value);
  if (!expression.isConstant) throw invalidPipeline(stage, `"${name}" of ${stage} is a constant; it cannot name a field.`);
  return expression.evaluate({ root: new Map(), variables: new Map(), now: 0 }) ?? null;
}

/** Variables of `let`, read. */
export type Bindings = readonly (readonly [name: string, expression: Expression])[];

export function bindingsOf(stage: string, value: Value | undefined, reading: Reading): Bindings {
  if (value === undefined) return [];
  const bindings = documentOf(stage, value, 'an object as "let"');
  return [...bindings].map(([name, expression]) => {
    if (!/^[a-z\u0080-\uffff][\w\u0080-\uffff]*$/.test(name))
      throw invalidPipeline(
        stage,
        `"${name}" is no name for a variable: it begins with a small letter, then letters, digits, "_".`,
      );
    return [name, parseExpression(expression, reading)];
  });
}

export function bind(bindings: Bindings, scope: Scope): Variables {
  if (bindings.length === 0) return scope.variables;
  return new Map([...scope.variables, ...bindings.map(([name, expression]) => [name, expression.evaluate(scope)] as const)]);
}
