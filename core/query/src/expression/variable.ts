import { DateTime, suggestNearest, type Value } from '@aerolithdb/protocol';
import { constant, type Expression, type Scope } from './expression.ts';
import { invalidExpression } from './expression-error.ts';
import { parseFieldPath, valueAt } from './field-path.ts';
import type { ParseContext } from './parse-context.ts';

const SYSTEM_VARIABLES = ['ROOT', 'CURRENT', 'NOW', 'REMOVE'];

/** `$$name` or `$$name.path` as an expression. `text` is without the `$$`. */
export function variable(text: string, context: ParseContext): Expression {
  const [name, ...rest] = text.split('.') as [string, ...string[]];
  const path = rest.length === 0 ? [] : parseFieldPath(rest.join('.'), `$$${text}`);
  if (context.variables.has(name)) return reader(({ variables }) => variables.get(name), path, []);
  const ofRoot = rest.length === 0 ? undefined : [rest.join('.')];
  if (name === 'ROOT' || name === 'CURRENT') return reader(({ root }) => root, path, ofRoot);
  if (name === 'NOW') return reader(({ now }) => nowOf(now), path, []);
  if (name === 'REMOVE') return constant(undefined);
  throw unknownVariable(name, context);
}

/** NaN: there is no clock where the expression stands. */
function nowOf(now: number): DateTime {
  if (!Number.isNaN(now)) return new DateTime(now);
  throw invalidExpression('variable', 'There is no $$NOW here; write the time into the request.', { variable: 'NOW' });
}

function reader(read: (scope: Scope) => Value | undefined, path: readonly string[], paths: Expression['paths']): Expression {
  const evaluate = path.length === 0 ? read : (scope: Scope) => valueAt(read(scope), path, 0, scope.steps);
  return { evaluate, isConstant: false, paths };
}

function unknownVariable(name: string, { variables }: ParseContext): Error {
  const known = [...variables, ...SYSTEM_VARIABLES];
  const nearest = suggestNearest(name, known);
  const hint =
    nearest === undefined ? `known here are ${known.map((each) => `$$${each}`).join(', ')}.` : `did you mean $$${nearest}?`;
  return invalidExpression('variable', `There is no variable $$${name}; ${hint}`, { variable: name, nearest });
}

/**
 * Checks the name of a variable that `$let` and its like make: it begins with a small letter (or one outside of ASCII), or is
 * `CURRENT`, and goes on with letters, digits and `_`. Throws `invalid_expression`.
 */
export function checkVariableName(name: string, operator: string): void {
  if (name === 'CURRENT' || /^[a-z\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*$/u.test(name)) return;
  const message = `"${name}" is no name of a variable: begin with a small letter and go on with letters, digits and _.`;
  throw invalidExpression(operator, message, { variable: name });
}
