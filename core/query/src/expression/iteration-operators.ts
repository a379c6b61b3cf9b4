import type { Value } from '@aerolithdb/protocol';
import { combine, type Expression, type Scope } from './expression.ts';
import { doesNotFit, invalidExpression } from './expression-error.ts';
import { int32Argument } from './number-argument.ts';
import { type Operators, readFields } from './operator.ts';
import type { ParseContext } from './parse-context.ts';
import { ResultSize } from './result-size.ts';
import { isNullish, isTrue } from './truth.ts';
import { arrayArgument } from './value-argument.ts';
import { checkVariableName } from './variable.ts';

/** Operators that evaluate an expression once for each element of an array. */
export const ITERATION: Operators = {
  $filter: { form: '{ input, cond, as, limit }', summary: 'The elements for which "cond" is true.', parse: parseFilter },
  $map: { form: '{ input, as, in }', summary: 'The value of "in" for each element.', parse: parseMap },
  $reduce: {
    form: '{ input, initialValue, in }',
    summary: 'One value out of all elements: "in" sees the element as $$this and the value so far as $$value.',
    parse: parseReduce,
  },
};

function parseFilter(operand: Value, context: ParseContext, name: string): Expression {
  const fields = readFields(operand, name, { required: ['input', 'cond'], optional: ['as', 'limit'] });
  const input = context.parse(fields.get('input')!);
  const as = elementName(fields.get('as'), name);
  const condition = context.withVariables([as]).parse(fields.get('cond')!);
  const limit = context.parse(fields.get('limit') ?? null);
  return combine([input, condition, limit], (scope) => {
    const array = input.evaluate(scope);
    const most = limitOf(limit.evaluate(scope), name);
    if (isNullish(array)) return null;
    const kept: Value[] = [];
    const inner = innerScope(scope);
    for (const element of arrayArgument(array, name)) {
      if (kept.length === most) break;
      inner.variables.set(as, element);
      if (isTrue(condition.evaluate(inner))) kept.push(element);
    }
    return kept;
  });
}

function limitOf(value: Value | undefined, name: string): number {
  if (isNullish(value)) return Number.POSITIVE_INFINITY;
  const limit = int32Argument(value, name, '"limit"');
  if (limit < 1) throw invalidExpression(name, `"limit" of ${name} is 1 or more.`);
  return limit;
}

function parseMap(operand: Value, context: ParseContext, name: string): Expression {
  const fields = readFields(operand, name, { required: ['input', 'in'], optional: ['as'] });
  const input = context.parse(fields.get('input')!);
  const as = elementName(fields.get('as'), name);
  const body = context.withVariables([as]).parse(fields.get('in')!);
  return combine([input, body], (scope) => {
    const array = input.evaluate(scope);
    if (isNullish(array)) return null;
    const inner = innerScope(scope);
    const size = new ResultSize(name);
    return arrayArgument(array, name).map((element) => {
      inner.variables.set(as, element);
      const value = body.evaluate(inner) ?? null;
      size.add(value);
      return value;
    });
  });
}

function parseReduce(operand: Value, context: ParseContext, name: string): Expression {
  const fields = readFields(operand, name, { required: ['input', 'initialValue', 'in'], optional: [] });
  const input = context.parse(fields.get('input')!);
  const initial = context.parse(fields.get('initialValue')!);
  const body = context.withVariables(['this', 'value']).parse(fields.get('in')!);
  return combine([input, initial, body], (scope) => {
    const array = input.evaluate(scope);
    if (isNullish(array)) return null;
    const inner = innerScope(scope);
    let value = initial.evaluate(scope);
    for (const element of arrayArgument(array, name)) {
      inner.variables.set('this', element).set('value', value);
      value = body.evaluate(inner);
    }
    return value;
  });
}

/** The name of the variable for the element. */
function elementName(written: Value | undefined, name: string): string {
  if (written === undefined) return 'this';
  if (typeof written !== 'string') throw doesNotFit(name, 'a string as "as"', written);
  checkVariableName(written, name);
  return written;
}

type InnerScope = Scope & { readonly variables: Map<string, Value | undefined> };

/** A scope with variables of its own. They change from element to element: nothing keeps a scope when it has been evaluated. */
function innerScope(scope: Scope): InnerScope {
  return { ...scope, variables: new Map(scope.variables) };
}
