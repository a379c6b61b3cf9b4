import type { DocumentRequest } from '@aerolithdb/database';
import { AerolithError, type Document, suggestNearest, toStored } from '@aerolithdb/protocol';
import { type Fields, fieldsSchema, type JsonSchema } from '../field.ts';
import { parseFields } from '../parse-fields.ts';
import { withoutAbsent } from '../without-absent.ts';

const FILTER = { kind: 'document', required: true, summary: 'Which documents.' } as const;
const MULTI = { kind: 'boolean', summary: 'All that match; else only the first.' } as const;
const UPSERT = { kind: 'boolean', summary: 'Make the document when none matches.' } as const;
const SORT = { kind: 'document', summary: 'Which comes first, when only one is meant.' } as const;
const IF_VERSION = { kind: 'integer', summary: 'Only when the document has this version.' } as const;
const COLLECTION = { kind: 'string', required: true, summary: 'Name of the collection.' } as const;

/** The fields of each kind of write, as they stand in a bulk request and in a transaction. */
export const WRITE_FIELDS = {
  insert: { documents: { kind: 'documents', required: true, summary: 'Documents to insert, all or none.' } },
  replace: {
    id: { kind: 'value', required: true, summary: 'The `_id`.' },
    document: { kind: 'document', required: true, summary: 'The whole document.' },
    upsert: UPSERT,
    ifVersion: IF_VERSION,
  },
  update: {
    filter: FILTER,
    update: { kind: 'update', required: true, summary: 'Update operators, or the stages of a pipeline.' },
    arrayFilters: { kind: 'documents', summary: 'What `$[name]` stands for.' },
    multi: MULTI,
    upsert: UPSERT,
    sort: SORT,
    ifVersion: IF_VERSION,
  },
  delete: { filter: FILTER, multi: MULTI, sort: SORT, ifVersion: IF_VERSION },
} as const satisfies Readonly<Record<string, Fields>>;

type WriteType = keyof typeof WRITE_FIELDS;

const WRITE_TYPES = Object.keys(WRITE_FIELDS) as WriteType[];

/**
 * Reads one write of a bulk request or transaction. `collection`: the one of the address; absent where each write names its own.
 * Throws `invalid_request`, naming `where`.
 */
export function parseWrite(write: Document, where: string, collection?: string): DocumentRequest {
  const type = writeType(write, where);
  const rest: Document = new Map(write);
  rest.delete('type');
  const named = collection ?? takeCollection(rest, where);
  switch (type) {
    case 'insert':
      return { type, collection: named, ...parseFields(rest, WRITE_FIELDS.insert, where) };
    case 'replace': {
      const { id, ...fields } = parseFields(rest, WRITE_FIELDS.replace, where);
      return { type, collection: named, id: toStored(id), ...withoutAbsent(fields) };
    }
    case 'update':
      return { type, collection: named, ...withoutAbsent(parseFields(rest, WRITE_FIELDS.update, where)) };
    case 'delete':
      return { type, collection: named, ...withoutAbsent(parseFields(rest, WRITE_FIELDS.delete, where)) };
  }
}

function writeType(write: Document, where: string): WriteType {
  const type = write.get('type');
  const known = WRITE_TYPES.find((one) => one === type);
  if (known !== undefined) return known;
  const nearest = typeof type === 'string' ? suggestNearest(type, WRITE_TYPES) : undefined;
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  throw new AerolithError('invalid_request', `"${where}.type" must be one of ${WRITE_TYPES.join(', ')}.${hint}`, {
    field: `${where}.type`,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

function takeCollection(rest: Document, where: string): string {
  const named: Document = new Map();
  const collection = rest.get('collection');
  if (collection !== undefined) named.set('collection', collection);
  rest.delete('collection');
  return parseFields(named, { collection: COLLECTION }, where).collection;
}

/** The JSON Schema of one write; `ownCollection`: it names its collection. */
export function writeSchema(ownCollection: boolean): JsonSchema {
  const oneOf = WRITE_TYPES.map((type) => {
    const fields: Fields = ownCollection ? { collection: COLLECTION, ...WRITE_FIELDS[type] } : WRITE_FIELDS[type];
    return withType(fieldsSchema(fields), type);
  });
  return { oneOf };
}

function withType(schema: JsonSchema, type: string): JsonSchema {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = { type: { const: type }, ...(schema.properties as JsonSchema) };
  return { ...schema, required: ['type', ...required], properties };
}
