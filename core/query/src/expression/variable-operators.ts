import { isDocument, type Value } from '@aerolithdb/protocol';
import { combine, constant, type Expression } from './expression.ts';
import { invalidExpression } from './expression-error.ts';
import { type Operators, readFields } from './operator.ts';
import type { ParseContext } from './parse-context.ts';
import { checkVariableName } from './variable.ts';

export const VARIABLES: Operators = {
  $let: { form: '{ vars: { name: value, … }, in }', summary: 'The value of "in", which sees the variables.', parse: parseLet },
  $literal: { form: 'value', summary: 'The value as it is written, without reading it as an expression.', parse: constant },
};

function parseLet(operand: Value, context: ParseContext, name: string): Expression {
  const fields = readFields(operand, name, { required: ['vars', 'in'], optional: [] });
  const vars = fields.get('vars')!;
  if (!isDocument(vars)) throw invalidExpression(name, `"vars" of ${name} is an object of names and values.`);
  const bindings = [...vars].map(([variable, value]) => {
    checkVariableName(variable, name);
    return [variable, context.parse(value)] as const;
  });
  const body = context.withVariables(vars.keys()).parse(fields.get('in')!);
  return combine([...bindings.map(([, part]) => part), body], (scope) => {
    const variables = new Map(scope.variables);
    for (const [variable, part] of bindings) variables.set(variable, part.evaluate(scope));
    return body.evaluate({ ...scope, variables });
  });
}
