import type { Value } from '@aerolithdb/protocol';
import { QUERY_LIMITS } from '../limits.ts';
import type { Expression } from './expression.ts';
import { invalidExpression } from './expression-error.ts';

/** How an expression is to be read. */
export type ParseOptions = {
  /** Variables that the scope will hold, without `$$`: those of `let`, and system variables of the place it stands in. */
  readonly variables?: Iterable<string>;
  /** What is not the same on every replica (`$rand`, `$sampleRate`) is refused. */
  readonly deterministic?: boolean;
};

/** What an operator has at hand while its operand is read. */
export class ParseContext {
  readonly variables: ReadonlySet<string>;
  readonly deterministic: boolean;
  readonly #parse: (value: Value, context: ParseContext) => Expression;

  constructor(
    variables: ReadonlySet<string>,
    deterministic: boolean,
    parse: (value: Value, context: ParseContext) => Expression,
  ) {
    this.variables = variables;
    this.deterministic = deterministic;
    this.#parse = parse;
  }

  parse(value: Value): Expression {
    return this.#parse(value, this);
  }

  /** The context of what stands inside `$let`, `$map` and their like. Throws `invalid_expression` for too many variables. */
  withVariables(names: Iterable<string>): ParseContext {
    const variables = new Set([...this.variables, ...names]);
    const limit = QUERY_LIMITS.expressionVariables;
    if (variables.size <= limit) return new ParseContext(variables, this.deterministic, this.#parse);
    const message = `A place of an expression sees at most ${limit} variables; put values into one object instead.`;
    throw invalidExpression('variable', message, { limit });
  }
}
