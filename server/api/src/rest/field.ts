import { type At, type Document, EXPLAIN_LEVELS, type ExplainLevel, type Value } from '@aerolithdb/protocol';

/** What a field of a body or a parameter holds, and what its parser makes of it. */
export type KindTypes = {
  document: Document;
  documents: readonly Document[];
  /** Operators, or the stages of a pipeline. */
  update: Document | readonly Document[];
  documentOrDocuments: readonly Document[];
  value: Value;
  /** A document id as it stands in a path: see `document-id.ts`. */
  id: Value;
  string: string;
  integer: number;
  boolean: boolean;
  at: At;
  explain: boolean | ExplainLevel;
  /** An index: by its name, or by its keys, as their JSON text. */
  hint: string;
};

export type Kind = keyof KindTypes;

/** One named part of a request: its parser, its JSON Schema and its line in the reference come from this. */
export type Field = {
  readonly kind: Kind;
  /** One sentence. */
  readonly summary: string;
  readonly required?: boolean;
  /** Bounds of an integer. */
  readonly min?: number;
  readonly max?: number;
  /** The strings that are allowed. */
  readonly values?: readonly string[];
  readonly example?: unknown;
  /** What is inside, where the kind alone does not say it. Only described here: the endpoint checks it. */
  readonly schema?: JsonSchema;
  /** Asking for it gives `not_implemented`. */
  readonly unfinished?: string;
};

export type Fields = Readonly<Record<string, Field>>;

type RequiredNames<F extends Fields> = { [K in keyof F]: F[K]['required'] extends true ? K : never }[keyof F];

/** The values of `F`, each under its name: required ones always, others when the client gave them. */
export type Parsed<F extends Fields> = {
  readonly [K in RequiredNames<F>]: KindTypes[F[K]['kind']];
} & {
  readonly [K in Exclude<keyof F, RequiredNames<F>>]?: KindTypes[F[K]['kind']];
};

export type JsonSchema = Readonly<Record<string, unknown>>;

const INSTANT = {
  description: 'A height, or an RFC 3339 time.',
  oneOf: [
    { type: 'integer', minimum: 0 },
    { type: 'string', format: 'date-time' },
  ],
};

const KIND_SCHEMAS: Readonly<Record<Kind, JsonSchema>> = {
  document: { $ref: '#/components/schemas/Document' },
  documents: { type: 'array', items: { $ref: '#/components/schemas/Document' } },
  update: {
    oneOf: [
      { $ref: '#/components/schemas/Document' },
      { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Document' } },
    ],
  },
  documentOrDocuments: {
    oneOf: [
      { $ref: '#/components/schemas/Document' },
      { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Document' } },
    ],
  },
  value: { $ref: '#/components/schemas/Value' },
  id: { type: 'string', minLength: 1 },
  string: { type: 'string' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  at: INSTANT,
  explain: { oneOf: [{ type: 'boolean' }, { enum: EXPLAIN_LEVELS }] },
  hint: { oneOf: [{ type: 'string' }, { type: 'object' }] },
};

/** The JSON Schema of one field. */
export function fieldSchema(field: Field): JsonSchema {
  return {
    ...(field.schema ?? KIND_SCHEMAS[field.kind]),
    ...(field.min === undefined ? {} : { minimum: field.min }),
    ...(field.max === undefined ? {} : { maximum: field.max }),
    ...(field.values === undefined ? {} : { enum: field.values }),
  };
}

/** The JSON Schema of an object with these fields and no others. */
export function fieldsSchema(fields: Fields): JsonSchema {
  const names = Object.keys(fields);
  const required = names.filter((name) => fields[name]?.required === true);
  const properties = Object.fromEntries(names.map((name) => [name, describedSchema(fields[name]!)]));
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }), additionalProperties: false };
}

function describedSchema(field: Field): JsonSchema {
  const example = field.example === undefined ? {} : { examples: [field.example] };
  return { ...fieldSchema(field), description: field.summary, ...example };
}
