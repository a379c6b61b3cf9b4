import { AerolithError, typeName, type Value } from '@aerolithdb/protocol';

/** An error of code `invalid_expression` that names the operator. */
export function invalidExpression(operator: string, message: string, details: Record<string, unknown> = {}): AerolithError {
  return new AerolithError('invalid_expression', message, { operator, ...details });
}

/** `$abs needs a number, not a value of type string.` */
export function doesNotFit(operator: string, wanted: string, value: Value | undefined): AerolithError {
  const type = value === undefined ? 'missing' : typeName(value);
  const what = type === 'missing' ? 'a missing value' : `a value of type ${type}`;
  return invalidExpression(operator, `${operator} needs ${wanted}, not ${what}.`, { type });
}

export function tooLarge(operator: string, limit: number, unit: string): AerolithError {
  return invalidExpression(operator, `${operator} would make more than ${limit} ${unit}; make it smaller.`, { limit });
}
