import { AerolithError, type Document, isDocument, type Value } from '@aerolithdb/protocol';
import type { Filter, Path } from './filter.ts';
import { PathTree } from './path-tree.ts';

/**
 * The document an upsert begins with: what the filter says a field equals (also within `$and`, an `$or` of one, an `$in` or
 * `$all` of one), dotted paths as nested objects, in the order of the filter.
 *
 * Throws `invalid_filter` when the filter gives one field two values.
 */
export function documentFromFilter(filter: Filter): Document {
  const document: Document = new Map();
  const paths = new PathTree();
  for (const { path, value } of equalities(filter)) {
    const other = paths.add(path);
    if (other !== undefined) throw twice(other, path);
    put(document, path, value);
  }
  return document;
}

type Equality = { readonly path: Path; readonly value: Value };

function* equalities(filter: Filter): Generator<Equality> {
  if (filter.kind === 'and' || (filter.kind === 'or' && filter.filters.length === 1)) {
    for (const part of filter.filters) yield* equalities(part);
  } else if (filter.kind === 'field') {
    const { path, test } = filter;
    const only = test.op === 'all' && test.tests.length === 1 ? test.tests[0]! : test;
    if (only.op === 'eq') yield { path, value: only.value };
    else if (only.op === 'in' && only.values.length === 1) yield { path, value: only.values[0]! };
  }
}

function put(document: Document, path: Path, value: Value): void {
  let at = document;
  for (const component of path.slice(0, -1)) {
    const child = at.get(component);
    const next: Document = isDocument(child) ? child : new Map();
    at.set(component, next);
    at = next;
  }
  at.set(path.at(-1)!, value);
}

function twice(first: Path, second: Path): AerolithError {
  const paths = [first.join('.'), second.join('.')];
  return new AerolithError(
    'invalid_filter',
    `An upsert cannot begin with this filter: it sets "${paths[0]}" and "${paths[1]}", which are one field or part of one another.`,
    { paths },
  );
}
