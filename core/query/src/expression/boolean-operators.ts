import { combine, type Expression } from './expression.ts';
import { ANY, type Operator, type Operators, parseArguments, unary } from './operator.ts';
import { isTrue } from './truth.ts';

export const BOOLEAN: Operators = {
  $and: untilSettled('Whether all are true; what stands behind a false one is not evaluated.', false),
  $not: unary('value', 'Whether the value counts as false.', (value) => !isTrue(value)),
  $or: untilSettled('Whether one is true; what stands behind it is not evaluated.', true),
};

/** Goes through the arguments up to the first that counts as `settled`. */
function untilSettled(summary: string, settled: boolean): Operator {
  return {
    form: '[value, …]',
    summary,
    parse(operand, context, name) {
      const parts = parseArguments(operand, context, name, ANY);
      const some = (scope: Parameters<Expression['evaluate']>[0]): boolean => {
        for (const part of parts) if (isTrue(part.evaluate(scope)) === settled) return settled;
        return !settled;
      };
      return combine(parts, some);
    },
  };
}
