import { type Document, parseDocument, type Value } from '@aerolithdb/protocol';
import { type Metadata, type Path, type Sort, sortKey, withMetadata } from '@aerolithdb/query';
import { isPlainPath, jsonPath } from '../plan/json-path.ts';
import { parseFast } from '../plan/parse-fast.ts';
import { type Fragment, raw, sql } from '../plan/sql-fragment.ts';

/** Columns that hold the fields some paths begin with, so that only these are parsed. */
export type FieldColumns = { readonly columns: Fragment; readonly document: (values: readonly (string | null)[]) => Document };

/** The fields that `paths` begin with as columns; a document of just these fields out of their values. */
export function fieldColumns(paths: readonly Path[]): FieldColumns {
  const names = [...new Set(paths.map((path) => path[0]!))];
  if (!isPlainPath(names)) return { columns: raw('json(d.doc)'), document: ([text]) => parseDocument(text ?? '{}') };
  const columns = names.map((name) => sql`d.doc -> ${jsonPath([name])}`).reduce((a, b) => sql`${a}, ${b}`);
  return { columns, document: (values) => documentOf(names, values) };
}

function documentOf(names: readonly string[], values: readonly (string | null)[]): Document {
  const document = new Map<string, Value>();
  names.forEach((name, i) => {
    const text = values[i];
    if (text !== null && text !== undefined) document.set(name, parseFast(text));
  });
  return document;
}

/** What a row is sorted by, out of the columns that `fieldColumns` names. */
export function sortColumns(sort: Sort): { columns: Fragment; key: SortKeyOf } {
  const { columns, document } = fieldColumns(sort.map((field) => field.path));
  return {
    columns,
    key(values, metadata) {
      const fields = document(values);
      return sortKey(sort, metadata === undefined ? fields : withMetadata(fields, metadata));
    },
  };
}

/** The key of a row, out of its columns and what a search knows of it. */
type SortKeyOf = (values: readonly (string | null)[], metadata?: Metadata) => Value[];
