import type { Document, Value } from '@aerolithdb/protocol';
import { QUERY_LIMITS } from '../limits.ts';
import { Steps } from './steps.ts';

/** Values of variables by name, without `$$`. Undefined: the variable is there and has no value. */
export type Variables = ReadonlyMap<string, Value | undefined>;

/** What an expression is evaluated in. */
export type Scope = {
  readonly root: Document;
  readonly variables: Variables;
  /** Milliseconds since 1970, the value of `$$NOW`. It comes from outside; NaN where there is none. */
  readonly now: number;
  /** Draws a number of 0 up to, not including, 1. Left out where the result must be the same on every replica. */
  readonly random?: () => number;
  /** What the evaluation may cost. Left out where something else bounds it, such as the time limit of a read. */
  readonly steps?: Steps;
};

export type Evaluate = (scope: Scope) => Value | undefined;

/**
 * An expression, compiled. `evaluate` gives undefined for "missing", which is not null. It throws `invalid_expression` when the
 * values do not fit the operator, and changes neither the root nor a variable.
 */
export type Expression = {
  readonly evaluate: Evaluate;
  /** The value is known: it does not depend on the scope, and nothing throws. */
  readonly isConstant: boolean;
  /** Dotted paths of the root that it reads; undefined when it reads the whole root. */
  readonly paths: readonly string[] | undefined;
  /** It reads what a search knows of the root, and no field of it. */
  readonly isMetadata?: boolean;
};

/** Thrown and caught here alone. Made once: an error costs as much as many steps. */
const NO_CONSTANT = new Error('It takes too many steps for a constant.');

const NOTHING: Scope = { root: new Map(), variables: new Map(), now: 0 };

export function constant(value: Value | undefined): Expression {
  return { evaluate: () => value, isConstant: true, paths: [] };
}

/**
 * An expression made of `parts`. When all of them are constants it is evaluated here and now; what throws or takes more than
 * `steps` is no constant and does so later. A literal can have any number: its size is that of what was written.
 */
export function combine(
  parts: readonly Expression[],
  evaluate: Evaluate,
  steps: number = QUERY_LIMITS.constantSteps,
): Expression {
  const result = parts.every((part) => part.isConstant) ? attempt(evaluate, steps) : undefined;
  return result === undefined ? { evaluate, isConstant: false, paths: unionOfPaths(parts) } : constant(result.value);
}

/** The same expression, which spends the steps of what it gives. */
export function metered(expression: Expression): Expression {
  const { evaluate } = expression;
  return {
    ...expression,
    evaluate(scope) {
      const value = evaluate(scope);
      scope.steps?.spendOn(value);
      return value;
    },
  };
}

/** The paths that any of the parts reads. */
export function unionOfPaths(parts: readonly Expression[]): readonly string[] | undefined {
  const union = new Set<string>();
  for (const { paths } of parts) {
    if (paths === undefined) return undefined;
    for (const path of paths) union.add(path);
  }
  return [...union];
}

/** The value of an expression that is a constant; undefined when it has none. */
export function constantValue(expression: Expression): Value | undefined {
  return expression.isConstant ? expression.evaluate(NOTHING) : undefined;
}

function attempt(evaluate: Evaluate, limit: number): { value: Value | undefined } | undefined {
  const steps = new Steps(limit, () => NO_CONSTANT);
  try {
    const value = evaluate({ ...NOTHING, steps });
    steps.spendOn(value);
    return { value };
  } catch {
    return undefined;
  }
}
