import type { Value } from '@aerolithdb/protocol';
import { isDocument, suggestNearest } from '@aerolithdb/protocol';
import { combine, type Expression, type Scope } from './expression.ts';
import { invalidExpression } from './expression-error.ts';
import type { ParseContext } from './parse-context.ts';

/** An operator of expressions. `form` and `summary` are its line in the reference. */
export type Operator = {
  /** What stands behind its name: `[number, …]`, `{ input, find }`. */
  readonly form: string;
  readonly summary: string;
  readonly parse: (operand: Value, context: ParseContext, name: string) => Expression;
};

export type Operators = Readonly<Record<string, Operator>>;

/** Values of the arguments; undefined: missing. */
export type Arguments = readonly (Value | undefined)[];

/** Fewest and most arguments. */
export type Arity = readonly [min: number, max: number];
export const ONE: Arity = [1, 1];
export const TWO: Arity = [2, 2];
export const THREE: Arity = [3, 3];
export const ANY: Arity = [0, Number.POSITIVE_INFINITY];

/** An operator whose arguments stand in an array; one that takes a single argument takes it also without the array. */
export function positional(
  form: string,
  summary: string,
  arity: Arity,
  apply: (args: Arguments, name: string, scope: Scope) => Value | undefined,
): Operator {
  return {
    form,
    summary,
    parse(operand, context, name) {
      const parts = parseArguments(operand, context, name, arity);
      return combine(parts, (scope) =>
        apply(
          parts.map((part) => part.evaluate(scope)),
          name,
          scope,
        ),
      );
    },
  };
}

/** An operator of one argument. */
export function unary(
  form: string,
  summary: string,
  apply: (value: Value | undefined, name: string) => Value | undefined,
): Operator {
  return {
    form,
    summary,
    parse(operand, context, name) {
      const part = parseArguments(operand, context, name, ONE)[0]!;
      return combine([part], (scope) => apply(part.evaluate(scope), name));
    },
  };
}

/** An operator of two arguments. */
export function binary(
  form: string,
  summary: string,
  apply: (a: Value | undefined, b: Value | undefined, name: string) => Value | undefined,
): Operator {
  return {
    form,
    summary,
    parse(operand, context, name) {
      const [left, right] = parseArguments(operand, context, name, TWO) as [Expression, Expression];
      return combine([left, right], (scope) => apply(left.evaluate(scope), right.evaluate(scope), name));
    },
  };
}

/** The arguments of a positional operator, read. Throws `invalid_expression` when there are too few or too many. */
export function parseArguments(operand: Value, context: ParseContext, name: string, [min, max]: Arity): Expression[] {
  const listed = Array.isArray(operand) ? operand : [operand];
  if (listed.length >= min && listed.length <= max) return listed.map((argument) => context.parse(argument));
  const count = min === max ? String(min) : max === Number.POSITIVE_INFINITY ? `${min} or more` : `${min} to ${max}`;
  const noun = count === '1' ? 'argument' : 'arguments';
  throw invalidExpression(name, `${name} takes ${count} ${noun}; ${listed.length} were given.`, { given: listed.length });
}

/** Which fields the operand of an operator has, when it is an object. */
export type FieldNames<Required extends string, Optional extends string> = {
  readonly required: readonly Required[];
  readonly optional: readonly Optional[];
};

/** Values of named arguments. An optional one that was not written is undefined, like one that is missing. */
export type NamedValues<Names extends string> = Readonly<Record<Names, Value | undefined>>;

/** An operator whose arguments stand in an object by name. */
export function named<Required extends string, Optional extends string = never>(
  form: string,
  summary: string,
  names: FieldNames<Required, Optional>,
  apply: (values: NamedValues<Required | Optional>, name: string, given: ReadonlySet<string>, scope: Scope) => Value | undefined,
): Operator {
  return {
    form,
    summary,
    parse(operand, context, name) {
      const fields = [...readFields(operand, name, names)].map(([key, value]) => [key, context.parse(value)] as const);
      const given = new Set(fields.map(([key]) => key));
      const parts = fields.map(([, part]) => part);
      return combine(parts, (scope) => {
        const values: Record<string, Value | undefined> = {};
        for (const [key, part] of fields) values[key] = part.evaluate(scope);
        return apply(values as NamedValues<Required | Optional>, name, given, scope);
      });
    },
  };
}

/** The fields of an operand that is an object. Throws `invalid_expression` for one that is unknown or lacks. */
export function readFields<Required extends string, Optional extends string>(
  operand: Value,
  name: string,
  { required, optional }: FieldNames<Required, Optional>,
): ReadonlyMap<Required | Optional, Value> {
  const known: readonly string[] = [...required, ...optional];
  if (!isDocument(operand)) {
    throw invalidExpression(name, `${name} takes an object with the fields ${known.join(', ')}.`);
  }
  for (const key of operand.keys()) if (!known.includes(key)) throw unknownField(name, key, known);
  const missing = required.find((key) => !operand.has(key));
  if (missing !== undefined) throw invalidExpression(name, `${name} needs the field "${missing}".`, { field: missing });
  return operand as ReadonlyMap<string, Value> as ReadonlyMap<Required | Optional, Value>;
}

function unknownField(name: string, field: string, known: readonly string[]): Error {
  const nearest = suggestNearest(field, known);
  const hint = nearest === undefined ? `it has ${known.join(', ')}` : `did you mean "${nearest}"?`;
  return invalidExpression(name, `${name} has no field "${field}"; ${hint}${nearest === undefined ? '.' : ''}`, {
    field,
    nearest,
  });
}
