import { type Document, isDocument, type Value } from '@aerolithdb/protocol';
import { asNumber, asWholeNumber } from '../numeric.ts';
import { invalidSchema } from './schema-test.ts';

export function objectOf(keyword: string, operand: Value): Document {
  if (isDocument(operand)) return operand;
  throw invalidSchema(keyword, `"${keyword}" takes an object.`);
}

export function listOf(keyword: string, operand: Value): readonly Value[] {
  if (Array.isArray(operand) && operand.length > 0) return operand;
  throw invalidSchema(keyword, `"${keyword}" takes a list with one or more elements.`);
}

export function namesOf(keyword: string, operand: Value): readonly string[] {
  return listOf(keyword, operand).map((name) => {
    if (typeof name === 'string') return name;
    throw invalidSchema(keyword, `"${keyword}" takes a list of names.`);
  });
}

export function flagOf(keyword: string, operand: Value | undefined): boolean {
  if (operand === undefined || typeof operand === 'boolean') return operand === true;
  throw invalidSchema(keyword, `"${keyword}" takes true or false.`);
}

export function countOf(keyword: string, operand: Value): number {
  const count = asWholeNumber(operand);
  if (typeof count === 'number' && count >= 0) return count;
  throw invalidSchema(keyword, `"${keyword}" takes a whole number that is not negative.`);
}

export function numberOf(keyword: string, operand: Value): number {
  const number = asNumber(operand);
  if (number !== undefined) return number;
  throw invalidSchema(keyword, `"${keyword}" takes a number.`);
}

export function textOf(keyword: string, operand: Value): string {
  if (typeof operand === 'string') return operand;
  throw invalidSchema(keyword, `"${keyword}" takes text.`);
}
