import { AerolithError, type Document, isDocument, suggestNearest, typeName, type Value } from '@aerolithdb/protocol';
import type { Filter, Path } from './filter.ts';
import { parseArrayFilters } from './parse-array-filters.ts';
import { parseChange, UPDATE_OPERATORS } from './parse-change.ts';
import { PathTree } from './path-tree.ts';
import type { FieldUpdate, Update } from './update.ts';
import { comparePaths, filterName, isPositional, parseUpdatePath } from './update-path.ts';
import { parseUpdateStages } from './update-pipeline.ts';

/**
 * Reads an update: a document of operators, with the filters that its `$[x]` name, or the stages of a pipeline.
 *
 * Throws `invalid_update` (also for two paths in conflict, naming both), `unknown_operator`, `invalid_field_name` and what
 * `parseFilter` and `parseUpdateStages` throw.
 *
 * @example
 * parseUpdate(parseDocument('{"$inc":{"visits":1},"$set":{"seen.last":"home"}}'));
 */
export function parseUpdate(update: Document | Value[], arrayFilters: readonly Document[] = []): Update {
  if (!isDocument(update)) return pipelineUpdate(update, arrayFilters);
  const fields = [...update].flatMap(([operator, operand]) => parseOperator(operator, operand));
  if (update.size === 0) throw withoutOperators();
  checkConflicts(fields);
  const filters = parseArrayFilters(arrayFilters);
  checkFilterNames(fields, filters);
  return {
    fields: fields.sort((a, b) => comparePaths(a.path, b.path)),
    arrayFilters: filters,
    positional: fields.some((field) => field.path.some(isPositional)),
  };
}

function pipelineUpdate(stages: readonly Value[], arrayFilters: readonly Document[]): Update {
  if (arrayFilters.length === 0)
    return { stages: parseUpdateStages(stages), fields: [], arrayFilters: new Map(), positional: false };
  throw new AerolithError(
    'invalid_update',
    'An update as a pipeline takes no arrayFilters; use $map or $filter in its expressions.',
  );
}

function parseOperator(operator: string, operand: Value): FieldUpdate[] {
  if (!operator.startsWith('$')) throw withoutOperators(operator);
  if (!(UPDATE_OPERATORS as readonly string[]).includes(operator)) throw unknownUpdateOperator(operator);
  if (!isDocument(operand)) {
    throw new AerolithError(
      'invalid_update',
      `${operator} takes an object of paths and values, not the ${typeName(operand)} it was given.`,
      {
        operator,
      },
    );
  }
  return [...operand].map(([text, value]) => parseFieldUpdate(operator, text, value));
}

function parseFieldUpdate(operator: string, text: string, value: Value): FieldUpdate {
  const path = parseUpdatePath(text, operator);
  if (operator !== '$rename') return { operator, path, change: parseChange(operator, text, value) };
  if (typeof value !== 'string') {
    throw new AerolithError('invalid_update', `$rename takes the new name of "${text}" as a string.`, { operator, path: text });
  }
  const to = parseUpdatePath(value, operator);
  if (path.some(isPositional) || to.some(isPositional)) {
    throw new AerolithError(
      'invalid_update',
      `$rename takes no positional operators; neither "${text}" nor "${value}" may have one.`,
      {
        operator,
        path: text,
      },
    );
  }
  return { operator, path: to, change: { op: 'rename', from: path } };
}

function withoutOperators(field?: string): AerolithError {
  const seen = field === undefined ? 'the update is empty' : `"${field}" is none`;
  return new AerolithError(
    'invalid_update',
    `An update is made of operators such as $set; ${seen}. To put a whole document in place use replace.`,
    field === undefined ? {} : { field },
  );
}

function unknownUpdateOperator(operator: string): AerolithError {
  const nearest = suggestNearest(operator, UPDATE_OPERATORS);
  const hint = nearest === undefined ? `known are ${UPDATE_OPERATORS.join(', ')}.` : `did you mean ${nearest}?`;
  return new AerolithError('unknown_operator', `There is no operator ${operator} in an update; ${hint}`, { operator, nearest });
}

function checkConflicts(fields: readonly FieldUpdate[]): void {
  const tree = new PathTree();
  for (const field of fields) {
    const paths = field.change.op === 'rename' ? [field.change.from, field.path] : [field.path];
    for (const path of paths) {
      const other = tree.add(path);
      if (other !== undefined) throw conflict(other, path);
    }
  }
}

/** Two operators would change the same value, or one a part of what the other changes. */
export function conflict(first: Path, second: Path): AerolithError {
  const paths = [first.join('.'), second.join('.')];
  return new AerolithError(
    'invalid_update',
    `The update changes "${paths[0]}" and "${paths[1]}", which conflict; do it in two updates.`,
    {
      paths,
    },
  );
}

function checkFilterNames(fields: readonly FieldUpdate[], filters: ReadonlyMap<string, Filter>): void {
  const used = new Set(fields.flatMap((field) => field.path.map(filterName)));
  for (const name of used) {
    if (name === undefined || filters.has(name)) continue;
    throw new AerolithError('invalid_update', `The update uses $[${name}], but no array filter is for "${name}"; add one.`, {
      filter: name,
    });
  }
  for (const name of filters.keys()) {
    if (used.has(name)) continue;
    throw new AerolithError('invalid_update', `The array filter for "${name}" is used by no path; use $[${name}] or remove it.`, {
      filter: name,
    });
  }
}
