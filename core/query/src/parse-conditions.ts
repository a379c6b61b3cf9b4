import { AerolithError, type Document, isDocument, RegularExpression, typeName, type Value } from '@aerolithdb/protocol';
import { parseBitMask } from './bits-test.ts';
import type { BitsOp, Comparison, Test } from './filter.ts';
import { parseGeo } from './geo/parse-geo.ts';
import { QUERY_LIMITS } from './limits.ts';
import { asNumber, asWholeNumber } from './numeric.ts';
import { FIELD_OPERATORS, isOfWholeFilter, isOperatorDocument, isValueCondition, unknownOperator } from './operators.ts';
import { parseElementFilter } from './parse-filter.ts';
import { compileRegex } from './regex.ts';
import { parseTypes } from './type-aliases.ts';
import { ValueSet } from './value-set.ts';

/** What operators on one value ask for: any one of the alternatives, all tests of it. There is at least one alternative. */
export type Alternatives = readonly (readonly Test[])[];

/** Reads `{$gt: 1, $lt: 5, …}`. Throws as `parseFilter`. */
export function parseConditions(document: Document): Alternatives {
  let alternatives: Alternatives = [[]];
  for (const [operator, operand] of document) {
    if (!operator.startsWith('$')) throw mixedOperators(operator);
    alternatives = product(alternatives, parseCondition(operator, operand, document));
  }
  return alternatives;
}

export function regexTest(pattern: string, options: string): Test {
  const regex = compileRegex(pattern, options);
  const instructions = regex.isLiteral ? 0 : regex.instructions;
  return { op: 'regex', pattern: regex.pattern, options: regex.options, instructions, test: regex.test };
}

function parseCondition(operator: string, operand: Value, document: Document): Alternatives {
  switch (operator) {
    case '$eq':
      return [[{ op: 'eq', value: operand }]];
    case '$ne':
      return negation([[comparison(operator, 'eq', operand)]]);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return [[comparison(operator, operator.slice(1) as Comparison, operand)]];
    case '$in':
      return parseIn(operator, operand);
    case '$nin':
      return negation(parseIn(operator, operand));
    case '$not':
      return negation(parseNot(operand));
    case '$exists':
      return [[{ op: 'exists', exists: parseFlag(operator, operand) }]];
    case '$type':
      return [[{ op: 'type', types: parseTypes(operand) }]];
    case '$all':
      return parseAll(operand);
    case '$elemMatch':
      return parseElemMatch(operand);
    case '$size':
      return [[{ op: 'size', size: parseSize(operand) }]];
    case '$mod':
      return [[parseMod(operand)]];
    case '$regex':
      return [[parseRegex(operand, document.get('$options'))]];
    case '$options':
      if (document.has('$regex')) return [[]];
      throw invalid(operator, '$options stands beside $regex; there is no $regex here.');
    case '$bitsAllSet':
    case '$bitsAnySet':
    case '$bitsAllClear':
    case '$bitsAnyClear':
      return [[{ op: operator.slice(1) as BitsOp, mask: parseBitMask(operator, operand) }]];
    case '$geoWithin':
    case '$geoIntersects':
    case '$near':
    case '$nearSphere':
      return [[parseGeo(operator, operand, document)]];
    case '$minDistance':
    case '$maxDistance':
      if (document.has('$near') || document.has('$nearSphere')) return [[]];
      throw invalid(operator, `${operator} belongs to $near or $nearSphere; there is none here.`);
    default:
      throw misplaced(operator) ?? unknownOperator(operator, FIELD_OPERATORS, 'a filter');
  }
}

/** For an operator of whole filters that stands under a field. */
function misplaced(operator: string): AerolithError | undefined {
  if (!isOfWholeFilter(operator)) return undefined;
  const message = `${operator} stands beside the fields of a filter, not under one: {${operator}: …, name: "Oslo"}.`;
  return new AerolithError('unknown_operator', message, { operator });
}

function comparison(operator: string, op: Comparison, value: Value): Test {
  if (!(value instanceof RegularExpression)) return { op, value };
  throw invalid(operator, `${operator} does not take a regular expression; use {"$not": {"$regex": …}} to negate one.`);
}

function parseIn(operator: string, operand: Value): Alternatives {
  if (!Array.isArray(operand)) throw invalid(operator, `${operator} takes an array of values, not ${aOrAn(operand)}.`);
  if (operand.some(isOperatorDocument))
    throw invalid(operator, `${operator} takes values; operators have no place in its array.`);
  const regexes = operand.filter((value) => value instanceof RegularExpression);
  const values = operand.filter((value) => !(value instanceof RegularExpression));
  const tests = regexes.map((regex) => [regexTest(regex.pattern, regex.options)]);
  return limited(
    values.length > 0 || regexes.length === 0 ? [[{ op: 'in', values, set: new ValueSet(values) }], ...tests] : tests,
  );
}

function parseNot(operand: Value): Alternatives {
  if (operand instanceof RegularExpression) return [[regexTest(operand.pattern, operand.options)]];
  if (isOperatorDocument(operand)) return parseConditions(operand);
  throw invalid('$not', '$not takes a regular expression or an object of operators; to exclude a value use $ne.');
}

function parseFlag(operator: string, operand: Value): boolean {
  if (typeof operand === 'boolean') return operand;
  const number = asNumber(operand);
  if (number !== undefined) return number !== 0;
  throw invalid(operator, `${operator} takes true or false, not ${aOrAn(operand)}.`);
}

function parseAll(operand: Value): Alternatives {
  if (!Array.isArray(operand)) throw invalid('$all', `$all takes an array of values, not ${aOrAn(operand)}.`);
  const elemMatches = operand.filter(isElemMatch);
  if (elemMatches.length > 0 && elemMatches.length < operand.length) {
    throw invalid('$all', 'When one element of $all is an $elemMatch, all of them must be.');
  }
  if (elemMatches.length === 0 && operand.some(isOperatorDocument)) {
    throw invalid('$all', '$all takes values or $elemMatch conditions; other operators have no place in its array.');
  }
  const parts = elemMatches.length > 0 ? elemMatches.map(parseConditions) : operand.map(equality);
  const combined = parts.reduce<Alternatives>(product, [[]]);
  return combined.map((tests) => [{ op: 'all', tests }]);
}

function isElemMatch(value: Value): value is Document {
  return isDocument(value) && value.keys().next().value === '$elemMatch';
}

function equality(value: Value): Alternatives {
  return [[value instanceof RegularExpression ? regexTest(value.pattern, value.options) : { op: 'eq', value }]];
}

function parseElemMatch(operand: Value): Alternatives {
  if (!isDocument(operand)) throw invalid('$elemMatch', `$elemMatch takes an object of conditions, not ${aOrAn(operand)}.`);
  if (!isValueCondition(operand)) return [[{ op: 'elemMatchDocument', filter: parseElementFilter(operand) }]];
  return parseConditions(operand).map((tests) => [{ op: 'elemMatchValue', tests }]);
}

function parseSize(operand: Value): number {
  const size = asWholeNumber(operand);
  if (size !== undefined && size >= 0) return size;
  throw invalid(
    '$size',
    '$size takes a whole number that is not negative; for a range of sizes use {"field.N": {"$exists": true}}.',
  );
}

function parseMod(operand: Value): Test {
  if (!Array.isArray(operand) || operand.length !== 2)
    throw invalid('$mod', '$mod takes an array of two numbers: [divisor, remainder].');
  const divisor = truncated(operand[0]!);
  const remainder = truncated(operand[1]!);
  if (divisor === 0) throw invalid('$mod', 'The divisor of $mod must not be 0.');
  return { op: 'mod', divisor, remainder };
}

function truncated(value: Value): number {
  const number = asNumber(value);
  if (number !== undefined && Math.abs(number) <= Number.MAX_SAFE_INTEGER) return Math.trunc(number) + 0;
  throw invalid('$mod', '$mod takes numbers between -(2^53-1) and 2^53-1.');
}

function parseRegex(operand: Value, options: Value | undefined): Test {
  if (options !== undefined && typeof options !== 'string')
    throw invalid('$options', '$options takes a string of letters out of imsxu.');
  if (typeof operand === 'string') return regexTest(operand, options ?? '');
  if (!(operand instanceof RegularExpression))
    throw invalid('$regex', `$regex takes a string or a regular expression, not ${aOrAn(operand)}.`);
  if (options !== undefined && operand.options !== '')
    throw invalid('$options', 'The options are set twice: in $regex and in $options.');
  return regexTest(operand.pattern, options ?? operand.options);
}

/** not (A or B) is (not A) and (not B). */
function negation(alternatives: Alternatives): Alternatives {
  return [alternatives.map((tests) => ({ op: 'not', tests }))];
}

function product(left: Alternatives, right: Alternatives): Alternatives {
  if (right.length === 1 && left.length === 1) return [[...left[0]!, ...right[0]!]];
  if (left.length * right.length > QUERY_LIMITS.alternatives) return limited(new Array(left.length * right.length));
  return left.flatMap((tests) => right.map((more) => [...tests, ...more]));
}

function limited(alternatives: Alternatives): Alternatives {
  if (alternatives.length <= QUERY_LIMITS.alternatives) return alternatives;
  throw invalid('$in', `The regular expressions in $in make more than ${QUERY_LIMITS.alternatives} alternatives; use fewer.`);
}

function mixedOperators(name: string): AerolithError {
  return new AerolithError(
    'invalid_filter',
    `The field name "${name}" stands among operators; an object holds the ones or the others.`,
    {
      field: name,
    },
  );
}

function invalid(operator: string, message: string): AerolithError {
  return new AerolithError('invalid_filter', message, { operator });
}

function aOrAn(value: Value): string {
  const name = typeName(value);
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}
