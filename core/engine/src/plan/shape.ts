import { createHash } from 'node:crypto';

/** Longer shapes are cut off. */
const LENGTH_MAX = 1000;

/**
 * The shape of a filter as JSON: `"?"` in place of every constant, fields in the order of their names, lists of constants as `["?"]`. What
 * an expression (`$expr`) refers to stays: `"$price"` is a field there. `?` for a text that is no JSON.
 *
 * @example
 * shapeOfFilter('{"b":{"$in":[1,2]},"a":5}'); // '{"a":"?","b":{"$in":["?"]}}'
 */
export function shapeOfFilter(text: string): string {
  return shapeText(text, (value) => shapeOf(value, false));
}

/** The shape of a pipeline: of each `$match` that of a filter; of all other stages what they refer to stays. */
export function shapeOfPipeline(text: string): string {
  return shapeText(text, (value) => (Array.isArray(value) ? value.map((stage) => shapeOf(stage, true)) : '?'));
}

/** A sort or another list of fields, which has no constants. */
export function shapeOfFields(text: string): string {
  return shapeText(text, (value) => value);
}

/** A short name for a shape, the same on every node. */
export function fingerprintOf(...shapes: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 12);
}

function shapeText(text: string, change: (value: unknown) => unknown): string {
  try {
    return JSON.stringify(change(JSON.parse(text))).slice(0, LENGTH_MAX);
  } catch (error) {
    if (error instanceof SyntaxError) return '?';
    throw error;
  }
}

function shapeOf(value: unknown, inExpression: boolean): unknown {
  if (Array.isArray(value)) return inExpression ? value.map((item) => shapeOf(item, true)) : shapeOfList(value);
  if (typeof value === 'string' && inExpression && value.startsWith('$')) return value;
  if (typeof value !== 'object' || value === null) return '?';
  const members = Object.entries(value).map(([name, inner]) => [name, shapeOf(inner, isExpression(name, inExpression))] as const);
  if (!inExpression) members.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members);
}

function isExpression(name: string, inExpression: boolean): boolean {
  if (name === '$match' || name === '$literal') return false;
  return inExpression || name === '$expr';
}

/** However long it is; a list of conditions keeps each of their shapes once. */
function shapeOfList(list: readonly unknown[]): unknown[] {
  const shapes = list.map((item) => shapeOf(item, false));
  return [...new Map(shapes.map((shape) => [JSON.stringify(shape), shape])).values()];
}
