import { AerolithError, type Document } from '@aerolithdb/protocol';
import { compileRegex } from '@aerolithdb/query';
import { Ajv2020, type ErrorObject, type FuncKeywordDefinition, str } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { assertBsonType, matchesBsonType } from './bson-type.ts';
import { SchemaForm } from './schema-form.ts';
import { UNIQUE_ITEMS } from './unique-items.ts';

/** Throws `schema_violation` for a document that does not satisfy the schema. */
export type SchemaCheck = (document: Document) => void;

const ERRORS_MAX = 10;
/** All formats but `regex`, whose meaning differs between versions of JavaScript. */
const FORMATS = [
  'date',
  'time',
  'date-time',
  'duration',
  'uri',
  'uri-reference',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
  'json-pointer',
] as const;

/**
 * Compiles a JSON Schema 2020-12 with `bsonType` as a further keyword. Patterns match in linear time.
 * Throws `invalid_schema`.
 */
export function compileSchema(text: string): SchemaCheck {
  // `bsonType` is called by ajv in the middle of a check, which is synchronous; this is the document it is about.
  let current: SchemaForm | undefined;
  const validate = compileWithAjv(text, (type, _data, _parent, where) =>
    matchesBsonType(type, current?.typeAt(where?.parentData, where?.parentDataProperty)),
  );
  return (document) => {
    current = new SchemaForm(document);
    const valid = validate(current.root);
    current = undefined;
    if (valid !== true) throw violation(validate.errors ?? []);
  };
}

function compileWithAjv(text: string, bsonType: NonNullable<FuncKeywordDefinition['validate']>) {
  try {
    const ajv = new Ajv2020({
      allErrors: true,
      strict: true,
      strictTypes: false,
      strictTuples: false,
      strictRequired: false,
      allowUnionTypes: true,
      ownProperties: true,
      logger: false,
      code: { regExp: linearRegExp },
    });
    formats.default(ajv, [...FORMATS]);
    ajv.removeKeyword('uniqueItems').addKeyword(UNIQUE_ITEMS);
    ajv.addKeyword({ keyword: 'bsonType', errors: false, validate: bsonType, error: { message: bsonTypeMessage } });
    const schema = parsedSchema(text);
    if (!isSchema(schema)) throw new Error('it must be an object');
    assertBsonType(schema);
    return ajv.compile(schema);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const reason = error.message.replace(/\.$/, '');
    throw new AerolithError('invalid_schema', `The JSON Schema is not accepted: ${reason}.`, { reason });
  }
}

function isSchema(value: unknown): value is object | boolean {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

function parsedSchema(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON (${error instanceof Error ? error.message : 'unreadable'})`);
  }
}

const bsonTypeMessage = ({ schema }: { readonly schema?: unknown }) => str`must be of BSON type ${[schema].flat().join(' or ')}`;

const linearRegExp = Object.assign(
  (pattern: string) => {
    const { test } = compileRegex(pattern);
    return { test, toString: () => pattern };
  },
  { code: 'linearRegExp' },
);

function violation(errors: readonly ErrorObject[]): AerolithError {
  const all = errors.slice(0, ERRORS_MAX).map((error) => ({
    path: pathOf(error),
    keyword: error.keyword,
    message: error.message ?? 'is not valid',
  }));
  const first = all[0] ?? { path: '', keyword: '', message: 'is not valid' };
  const where = first.path === '' ? 'The document' : `"${first.path}"`;
  return new AerolithError('schema_violation', `${where} does not satisfy the schema: ${first.message}.`, {
    ...first,
    errors: all,
  });
}

/** Dotted path of what is wrong; for a missing property the path it should have. */
function pathOf(error: ErrorObject): string {
  const parts = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const { missingProperty, additionalProperty, unevaluatedProperty } = error.params as Readonly<Record<string, unknown>>;
  const property = missingProperty ?? additionalProperty ?? unevaluatedProperty;
  return (typeof property === 'string' ? [...parts, property] : parts).join('.');
}
