/**
 * The fields of every operation, in the order in which they are encoded. Encoding, decoding and validation all read this table,
 * so that they cannot disagree. A field whose kind ends in `?` may be absent.
 */
export type FieldKind =
  | 'collectionName'
  | 'indexName'
  | 'principalName'
  | 'stored'
  | 'storedList'
  | 'boolean'
  | 'count'
  | 'image'
  | 'imageBefore'
  | 'options'
  | 'index'
  | 'principal'
  | 'operations'
  | 'reads';

export type FieldSpec = FieldKind | `${FieldKind}?`;

export const OPERATION_FIELDS = {
  createCollection: { collection: 'collectionName', options: 'options' },
  alterCollection: { collection: 'collectionName', options: 'options' },
  dropCollection: { collection: 'collectionName' },
  createIndex: { collection: 'collectionName', index: 'index' },
  alterIndex: { collection: 'collectionName', index: 'indexName', hidden: 'boolean?', expireAfterSeconds: 'count?' },
  dropIndex: { collection: 'collectionName', index: 'indexName' },
  setPrincipal: { principal: 'principal' },
  removePrincipal: { principal: 'principalName' },
  insert: { collection: 'collectionName', documents: 'storedList' },
  replace: { collection: 'collectionName', id: 'stored', document: 'stored', upsert: 'boolean?', ifVersion: 'count?' },
  update: {
    collection: 'collectionName',
    filter: 'stored',
    update: 'stored',
    arrayFilters: 'stored?',
    multi: 'boolean?',
    upsert: 'boolean?',
    upsertId: 'stored?',
    ifVersion: 'count?',
    sort: 'stored?',
    returning: 'image?',
    afterRow: 'count?',
  },
  delete: {
    collection: 'collectionName',
    filter: 'stored',
    multi: 'boolean?',
    ifVersion: 'count?',
    sort: 'stored?',
    returning: 'imageBefore?',
    afterRow: 'count?',
  },
  transaction: { operations: 'operations', reads: 'reads?' },
  bulk: { operations: 'operations', ordered: 'boolean?' },
  buildIndex: { collection: 'collectionName', index: 'indexName', rows: 'count' },
  expire: { collection: 'collectionName', index: 'indexName', limit: 'count' },
} as const satisfies Record<string, Readonly<Record<string, FieldSpec>>>;

export type OperationType = keyof typeof OPERATION_FIELDS;

export const OPERATION_TYPES = Object.keys(OPERATION_FIELDS) as OperationType[];

/** The operations that a transaction or a bulk may hold. */
export const DOCUMENT_OPERATION_TYPES: readonly OperationType[] = ['insert', 'replace', 'update', 'delete'];

export const READ_FIELDS = { collection: 'collectionName', id: 'stored', version: 'count' } as const;

export type Field = { readonly name: string; readonly kind: FieldKind; readonly required: boolean };

/** The fields of a table as a list, in their order. */
export function fieldList(table: Readonly<Record<string, FieldSpec>>): readonly Field[] {
  return Object.entries(table).map(([name, spec]) => {
    const required = !spec.endsWith('?');
    return { name, kind: (required ? spec : spec.slice(0, -1)) as FieldKind, required };
  });
}

export const FIELDS_OF: ReadonlyMap<string, readonly Field[]> = new Map(
  Object.entries(OPERATION_FIELDS).map(([type, table]) => [type, fieldList(table)]),
);

export const READ_FIELD_LIST: readonly Field[] = fieldList(READ_FIELDS);
