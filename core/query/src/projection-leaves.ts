import { AerolithError, type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Expression } from './expression/expression.ts';
import { parseExpression } from './expression/parse-expression.ts';
import type { Filter, Path } from './filter.ts';
import { asNumber, asWholeNumber } from './numeric.ts';
import { parseConditions } from './parse-conditions.ts';
import { parsePath } from './path.ts';
import type { ArrayView } from './projection.ts';

/** One field that a projection names, and what it says of it. */
export type ProjectionLeaf = { readonly path: Path } & (
  | { readonly kind: 'flag'; readonly keep: boolean }
  | { readonly kind: 'view'; readonly view: ArrayView }
  /** `neutral`: it is added to what is shown, and does not make the projection one of the fields that it names. */
  | { readonly kind: 'computed'; readonly expression: Expression; readonly neutral?: boolean }
);

/** The fields of a projection; `{"a": {"b": 1}}` is the same as `{"a.b": 1}`. `filter` is that of the query, for `path.$`. */
export function* projectionLeaves(document: Document, filter: Filter, prefix: Path = []): Generator<ProjectionLeaf> {
  for (const [name, value] of document) {
    if (name.startsWith('$') && prefix.length > 0) throw unknownPlace(name, prefix);
    const components = parsePath(name, 'invalid_projection');
    const isPositional = components.length > 1 && components.at(-1) === '$';
    const path = [...prefix, ...(isPositional ? components.slice(0, -1) : components)];
    checkPath(path);
    if (isPositional) yield positionalLeaf(path, value, filter);
    else if (isDocument(value)) yield* objectLeaves(path, value, filter);
    else yield scalarLeaf(path, value);
  }
}

function checkPath(path: Path): void {
  const text = path.join('.');
  if (path.includes('')) throw invalid(text, `The path "${text}" has an empty component; remove the surplus dot.`);
  if (!path.some((component) => component.startsWith('$'))) return;
  throw invalid(text, `The path "${text}" has a component that begins with $; only "array.$" may, at its end.`);
}

function positionalLeaf(path: Path, value: Value, filter: Filter): ProjectionLeaf {
  const text = path.join('.');
  if (flagOf(value) !== true) throw invalid(text, `The positional "${text}.$" is shown; write 1 for it.`);
  return { path, kind: 'view', view: { kind: 'positional', path, filter } };
}

function scalarLeaf(path: Path, value: Value): ProjectionLeaf {
  const keep = flagOf(value);
  return keep === undefined ? computedLeaf(path, value) : { path, kind: 'flag', keep };
}

function flagOf(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const number = asNumber(value);
  return number === undefined ? undefined : number !== 0;
}

function computedLeaf(path: Path, value: Value): ProjectionLeaf {
  return { path, kind: 'computed', expression: parseExpression(value) };
}

function* objectLeaves(path: Path, value: Document, filter: Filter): Generator<ProjectionLeaf> {
  const operator = value.keys().next().value;
  const text = path.join('.');
  if (operator === undefined) throw invalid(text, `The projection of "${text}" is an empty object; write true or false.`);
  if (!operator.startsWith('$')) yield* projectionLeaves(value, filter, path);
  else yield operatorLeaf(path, operator, value);
}

function operatorLeaf(path: Path, operator: string, value: Document): ProjectionLeaf {
  const operand = value.get(operator)!;
  if (operator === '$meta') return { path, kind: 'computed', expression: parseExpression(value), neutral: true };
  if (operator === '$elemMatch') return { path, kind: 'view', view: elemMatchView(path, value, operand) };
  const slice = operator === '$slice' && value.size === 1 ? sliceView(path, operand) : undefined;
  return slice === undefined ? computedLeaf(path, value) : { path, kind: 'view', view: slice };
}

/** `{$slice: n}` or `{$slice: [skip, n]}`; with an array among its arguments `$slice` is an expression. */
function sliceView(path: Path, operand: Value): ArrayView | undefined {
  const text = path.join('.');
  if (Array.isArray(operand)) {
    const [skip, count] = operand.map(asWholeNumber);
    if (operand.length !== 2 || skip === undefined || count === undefined) return undefined;
    if (count < 1) throw invalid(text, `The count of $slice at "${text}" is above 0 when it comes behind a position.`);
    return { kind: 'slice', path, skip, count };
  }
  const count = asWholeNumber(operand);
  if (count === undefined) throw invalid(text, `$slice at "${text}" takes a count, or an array of position and count.`);
  return count < 0 ? { kind: 'slice', path, skip: count, count: -count } : { kind: 'slice', path, skip: 0, count };
}

function elemMatchView(path: Path, value: Document, operand: Value): ArrayView {
  const text = path.join('.');
  if (path.length > 1)
    throw invalid(text, `$elemMatch shows elements of a field of the document itself; "${text}" is inside of one.`);
  if (value.size !== 1 || !isDocument(operand)) throw invalid(text, `$elemMatch at "${text}" takes an object of conditions.`);
  const [test] = parseConditions(value)[0] ?? [];
  if (test?.op === 'elemMatchValue' || test?.op === 'elemMatchDocument') return { kind: 'elemMatch', path, test };
  throw invalid(text, `$elemMatch at "${text}" takes an object of conditions.`);
}

function unknownPlace(name: string, prefix: Path): AerolithError {
  return invalid(
    prefix.join('.'),
    `The operator ${name} at "${prefix.join('.')}" stands beside names of fields; write it alone.`,
  );
}

export function invalid(path: string, message: string): AerolithError {
  return new AerolithError('invalid_projection', message, { path });
}
