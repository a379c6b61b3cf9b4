import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import { combine, constantValue, type Expression } from './expression.ts';
import { doesNotFit, invalidExpression } from './expression-error.ts';
import { ANY, type Arguments, type Operators, positional, readFields } from './operator.ts';
import type { ParseContext } from './parse-context.ts';
import { checkObject } from './result-size.ts';
import { isNullish } from './truth.ts';

export const OBJECTS: Operators = {
  $getField: {
    form: 'name or { field, input }',
    summary: 'A field by its name, which may have dots and $; of $$CURRENT without "input".',
    parse: parseGetField,
  },
  $mergeObjects: positional('[object, …]', 'One object of the fields of all; later ones win.', ANY, merge),
  $setField: {
    form: '{ field, input, value }',
    summary: 'The object with the field set, or removed by $$REMOVE.',
    parse: parseSetField,
  },
  $unsetField: { form: '{ field, input }', summary: 'The object without the field.', parse: parseUnsetField },
};

function merge(args: Arguments, name: string): Value {
  // A single array, as it comes out of an expression, is a list of objects.
  const objects = args.length === 1 && Array.isArray(args[0]) ? args[0] : args;
  const merged: Document = new Map();
  for (const object of objects) {
    if (isNullish(object)) continue;
    if (!isDocument(object)) throw doesNotFit(name, 'objects', object);
    for (const [key, value] of object) merged.set(key, value);
  }
  return checkObject(merged, name);
}

function parseGetField(operand: Value, context: ParseContext, name: string): Expression {
  const isLong = isDocument(operand) && !operand.keys().next().value?.startsWith('$');
  const fields = isLong
    ? readFields(operand, name, { required: ['field', 'input'], optional: [] })
    : new Map<string, Value>([['field', operand]]);
  const field = parseFieldName(fields.get('field')!, context, name);
  const input = context.parse(fields.get('input') ?? '$$CURRENT');
  return combine([field, input], (scope) => {
    const key = field.evaluate(scope);
    const object = input.evaluate(scope);
    if (isNullish(object)) return object;
    if (typeof key !== 'string') throw doesNotFit(name, 'a string as "field"', key);
    return isDocument(object) ? object.get(key) : undefined;
  });
}

/** The name of a field is the text itself, whatever it begins with, or an expression in an object. */
function parseFieldName(written: Value, context: ParseContext, name: string): Expression {
  const field = context.parse(written);
  if (typeof written === 'string' && written.startsWith('$')) {
    throw invalidExpression(name, `"field" of ${name} is a constant; write a name with $ as {"$literal": "${written}"}.`);
  }
  return field;
}

function parseSetField(operand: Value, context: ParseContext, name: string): Expression {
  const fields = readFields(operand, name, { required: ['field', 'input', 'value'], optional: [] });
  return setting(fields.get('field')!, fields.get('input')!, context.parse(fields.get('value')!), context, name);
}

function parseUnsetField(operand: Value, context: ParseContext, name: string): Expression {
  const fields = readFields(operand, name, { required: ['field', 'input'], optional: [] });
  return setting(fields.get('field')!, fields.get('input')!, context.parse('$$REMOVE'), context, name);
}

function setting(written: Value, from: Value, value: Expression, context: ParseContext, name: string): Expression {
  const field = constantName(written, context, name);
  const input = context.parse(from);
  return combine([input, value], (scope) => {
    const object = input.evaluate(scope);
    if (isNullish(object)) return null;
    if (!isDocument(object)) throw doesNotFit(name, 'an object as "input"', object);
    const made: Document = new Map(object);
    const next = value.evaluate(scope);
    if (next === undefined) made.delete(field);
    else made.set(field, next);
    return checkObject(made, name);
  });
}

function constantName(written: Value, context: ParseContext, name: string): string {
  const field = constantValue(parseFieldName(written, context, name));
  if (typeof field === 'string') return field;
  throw invalidExpression(name, `"field" of ${name} is a constant string.`);
}
