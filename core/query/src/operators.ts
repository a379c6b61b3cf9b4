import { AerolithError, type Document, isDocument, NotImplemented, suggestNearest, type Value } from '@aerolithdb/protocol';

/** Operators that stand in place of a field name, holding whole filters. */
export const LOGICAL_OPERATORS = ['$and', '$or', '$nor'] as const;

/** Operators that stand in place of a field name and look at the whole document. */
export const DOCUMENT_OPERATORS = ['$expr', '$jsonSchema', '$text'] as const;

export type DocumentOperator = (typeof DOCUMENT_OPERATORS)[number];

export const FIELD_OPERATORS = [
  '$eq',
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$nin',
  '$not',
  '$exists',
  '$type',
  '$all',
  '$elemMatch',
  '$size',
  '$mod',
  '$bitsAllSet',
  '$bitsAnySet',
  '$bitsAllClear',
  '$bitsAnyClear',
  '$regex',
  '$options',
  '$geoWithin',
  '$geoIntersects',
  '$near',
  '$nearSphere',
  '$minDistance',
  '$maxDistance',
] as const;

/** Operators of MongoDB's filters that are not here yet. */
const LATER_OPERATORS: ReadonlySet<string> = new Set(['$where', '$sampleRate', '$alwaysTrue', '$alwaysFalse']);

export function isDocumentOperator(name: string): name is DocumentOperator {
  return (DOCUMENT_OPERATORS as readonly string[]).includes(name);
}

/** Whether an operator stands in place of a field name, never under one. */
export function isOfWholeFilter(operator: string): boolean {
  return isDocumentOperator(operator) || (LOGICAL_OPERATORS as readonly string[]).includes(operator);
}

/** `{$gt: 1}` is a document of operators; `{$ref: …, $id: …}` (a database reference) and `{a: 1}` are values. */
export function isOperatorDocument(value: Value | undefined): value is Document {
  if (!isDocument(value)) return false;
  const first = value.keys().next().value;
  return first?.startsWith('$') === true && first !== '$ref' && first !== '$id' && first !== '$db';
}

/** A document of operators on one value, not of operators that hold filters: `{$gt: 1}`, but not `{$or: […]}`. */
export function isValueCondition(value: Value | undefined): value is Document {
  if (!isOperatorDocument(value)) return false;
  const first = value.keys().next().value ?? '';
  return !isOfWholeFilter(first);
}

/** What to throw for an operator that `known` does not have: `not_implemented`, or `unknown_operator` naming the nearest. */
export function unknownOperator(operator: string, known: readonly string[], where: string): AerolithError {
  if (LATER_OPERATORS.has(operator)) return new NotImplemented(`The operator ${operator}`);
  const nearest = suggestNearest(operator, known);
  const hint = nearest === undefined ? `known are ${known.join(', ')}.` : `did you mean ${nearest}?`;
  return new AerolithError('unknown_operator', `There is no operator ${operator} in ${where}; ${hint}`, { operator, nearest });
}
