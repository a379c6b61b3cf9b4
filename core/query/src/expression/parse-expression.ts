import { AerolithError, type Document, isDocument, suggestNearest, type Value } from '@aerolithdb/protocol';
import { combine, constant, type Evaluate, type Expression, metered } from './expression.ts';
import { invalidExpression } from './expression-error.ts';
import { fieldPath } from './field-path.ts';
import { OPERATORS } from './operator-table.ts';
import { ParseContext, type ParseOptions } from './parse-context.ts';
import { checkArray, checkObject } from './result-size.ts';
import { variable } from './variable.ts';

/**
 * Reads an expression and compiles it. `"$a.b"` is a path, `"$$name"` a variable, `{$op: …}` an operator, any other object or
 * array holds expressions, all else is itself.
 *
 * Throws `invalid_expression`, `invalid_regex`, and `unknown_operator` (details: operator, nearest).
 *
 * @example
 * const total = parseExpression(parseValue('{"$multiply":["$price","$count"]}'));
 * total.evaluate({ root: parseDocument('{"price":2,"count":3}'), variables: new Map(), now: 0 }); // 6
 */
export function parseExpression(value: Value, { variables = [], deterministic = false }: ParseOptions = {}): Expression {
  return parse(value, new ParseContext(new Set(variables), deterministic, parse));
}

function parse(value: Value, context: ParseContext): Expression {
  return metered(parsePart(value, context));
}

function parsePart(value: Value, context: ParseContext): Expression {
  if (typeof value === 'string') return parseText(value, context);
  if (Array.isArray(value)) return parseArray(value, context);
  return isDocument(value) ? parseObject(value, context) : constant(value);
}

function parseText(text: string, context: ParseContext): Expression {
  if (text.startsWith('$$')) return variable(text.slice(2), context);
  return text.startsWith('$') ? fieldPath(text.slice(1), context.variables.has('CURRENT')) : constant(text);
}

/** What is missing is null in an array. */
function parseArray(array: Value[], context: ParseContext): Expression {
  const parts = array.map((element) => parse(element, context));
  const make: Evaluate = (scope) => {
    const made = parts.map((part) => part.evaluate(scope) ?? null);
    return checkArray(made, 'An array');
  };
  return combine(parts, make, Number.POSITIVE_INFINITY);
}

function parseObject(object: Document, context: ParseContext): Expression {
  const first = object.keys().next().value;
  if (first?.startsWith('$')) return parseOperator(first, object, context);
  const fields = [...object].map(([name, value]) => {
    checkFieldName(name);
    return [name, parse(value, context)] as const;
  });
  const parts = fields.map(([, part]) => part);
  const make: Evaluate = (scope) => {
    const made: Document = new Map();
    for (const [name, part] of fields) {
      const value = part.evaluate(scope);
      if (value !== undefined) made.set(name, value);
    }
    return checkObject(made, 'An object');
  };
  return combine(parts, make, Number.POSITIVE_INFINITY);
}

function checkFieldName(name: string): void {
  if (!name.startsWith('$') && !name.includes('.') && name !== '') return;
  const message = `A computed object cannot have a field "${name}"; make such a name with $setField.`;
  throw invalidExpression('object', message, { field: name });
}

function parseOperator(name: string, object: Document, context: ParseContext): Expression {
  if (object.size !== 1) {
    const others = [...object.keys()].slice(1).join(', ');
    throw invalidExpression(name, `An object with the operator ${name} has no other field; it also has ${others}.`);
  }
  const operator = OPERATORS.get(name);
  if (operator === undefined) throw unknownOperator(name);
  return operator.parse(object.get(name)!, context, name);
}

function unknownOperator(operator: string): AerolithError {
  const nearest = suggestNearest(operator, OPERATORS.keys());
  const hint = nearest === undefined ? 'the reference of expressions lists all.' : `did you mean ${nearest}?`;
  return new AerolithError('unknown_operator', `There is no operator ${operator} in an expression; ${hint}`, {
    operator,
    nearest,
  });
}
