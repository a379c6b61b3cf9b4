import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import { combine, type Expression } from './expression.ts';
import { invalidExpression } from './expression-error.ts';
import { type Operators, parseArguments, readFields, THREE } from './operator.ts';
import type { ParseContext } from './parse-context.ts';
import { isNullish, isTrue } from './truth.ts';

export const CONDITIONAL: Operators = {
  $cond: {
    form: '[if, then, else] or { if, then, else }',
    summary: 'One of two values; the other is not evaluated.',
    parse: parseCond,
  },
  $ifNull: {
    form: '[value, …, instead]',
    summary: 'The first value that is neither null nor missing, else the last.',
    parse: parseIfNull,
  },
  $switch: {
    form: '{ branches: [{ case, then }, …], default }',
    summary: 'The value of the first branch whose case is true.',
    parse: parseSwitch,
  },
};

function parseCond(operand: Value, context: ParseContext, name: string): Expression {
  const [condition, then, otherwise] = (
    isDocument(operand)
      ? condFields(operand, name).map((part) => context.parse(part))
      : parseArguments(operand, context, name, THREE)
  ) as [Expression, Expression, Expression];
  return combine([condition, then, otherwise], (scope) =>
    isTrue(condition.evaluate(scope)) ? then.evaluate(scope) : otherwise.evaluate(scope),
  );
}

function condFields(operand: Document, name: string): Value[] {
  const fields = readFields(operand, name, { required: ['if', 'then', 'else'], optional: [] });
  return [fields.get('if')!, fields.get('then')!, fields.get('else')!];
}

function parseIfNull(operand: Value, context: ParseContext, name: string): Expression {
  const parts = parseArguments(operand, context, name, [2, Number.POSITIVE_INFINITY]);
  const last = parts.at(-1)!;
  const others = parts.slice(0, -1);
  return combine(parts, (scope) => {
    for (const part of others) {
      const value = part.evaluate(scope);
      if (!isNullish(value)) return value;
    }
    return last.evaluate(scope);
  });
}

type Branch = { readonly condition: Expression; readonly value: Expression };

function parseSwitch(operand: Value, context: ParseContext, name: string): Expression {
  const fields = readFields(operand, name, { required: ['branches'], optional: ['default'] });
  const listed = fields.get('branches')!;
  if (!Array.isArray(listed) || listed.length === 0) {
    throw invalidExpression(name, `"branches" of ${name} is an array of one or more objects {case, then}.`);
  }
  const branches = listed.map((branch) => parseBranch(branch, context, name));
  const written = fields.get('default');
  const otherwise = written === undefined ? undefined : context.parse(written);
  const parts = [...branches.flatMap(({ condition, value }) => [condition, value]), ...(otherwise ? [otherwise] : [])];
  return combine(parts, (scope) => {
    for (const { condition, value } of branches) if (isTrue(condition.evaluate(scope))) return value.evaluate(scope);
    if (otherwise) return otherwise.evaluate(scope);
    throw invalidExpression(name, `No branch of ${name} was true, and it has no "default"; add one.`);
  });
}

function parseBranch(branch: Value, context: ParseContext, name: string): Branch {
  const fields = readFields(branch, `a branch of ${name}`, { required: ['case', 'then'], optional: [] });
  return { condition: context.parse(fields.get('case')!), value: context.parse(fields.get('then')!) };
}
