import { AerolithError } from './aerolith-error.ts';
import type { Command } from './command.ts';
import {
  DOCUMENT_OPERATION_TYPES,
  FIELDS_OF,
  type Field,
  type FieldKind,
  OPERATION_TYPES,
  type OperationType,
  READ_FIELD_LIST,
} from './command-fields.ts';
import { INDEX_KEYS, INDEX_OPTIONS, type IndexOptionForm, SIMILARITIES } from './index-spec.ts';
import { LIMITS } from './limits.ts';
import { assertCollectionName, assertIndexName, assertPrincipalName, isCommandId } from './name-rules.ts';
import { parseValue } from './parse-json.ts';
import { toStored } from './stored-form.ts';
import { suggestNearest } from './suggest-nearest.ts';

/** `checked`: every stored text must parse and be what `toStored` gives. `unchecked`: it must only be a string. */
export type ValidateOptions = { readonly texts: 'checked' | 'unchecked' };

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks a value from outside, field by field, and returns it as a command.
 *
 * @throws invalid_command names the field and, when it is unknown, the nearest one · invalid_name · batch_too_large ·
 *   what `parseValue` throws for a stored text
 */
export function validateCommand(value: unknown, options: ValidateOptions = { texts: 'checked' }): Command {
  const command = asFields(value, 'command');
  refuseUnknown(command, ['id', 'actor', 'operation'], 'command');
  const id = asString(command.id, 'id');
  if (!isCommandId(id)) throw invalid('id', 'must be 1 to 64 characters out of A-Z a-z 0-9 _ . : -');
  assertPrincipalName(asString(command.actor, 'actor'));
  checkOperation(command.operation, 'operation', OPERATION_TYPES, options);
  return value as Command;
}

function checkOperation(value: unknown, path: string, allowed: readonly OperationType[], options: ValidateOptions): void {
  const operation = asFields(value, path);
  const type = asString(operation.type, `${path}.type`);
  if (!allowed.some((known) => known === type))
    throw invalid(`${path}.type`, `"${type}" is no operation${didYouMean(type, allowed)}`);
  checkFields(operation, FIELDS_OF.get(type)!, path, ['type'], options);
}

function checkFields(
  source: Fields,
  fields: readonly Field[],
  path: string,
  further: readonly string[],
  options: ValidateOptions,
): void {
  refuseUnknown(source, [...further, ...fields.map((field) => field.name)], path);
  for (const { name, kind, required } of fields) {
    const value = source[name];
    if (value !== undefined) CHECKS[kind](value, `${path}.${name}`, options);
    else if (required) throw invalid(`${path}.${name}`, 'is missing');
  }
}

type Check = (value: unknown, path: string, options: ValidateOptions) => void;

const CHECKS: Readonly<Record<FieldKind, Check>> = {
  collectionName: (value, path) => assertCollectionName(asString(value, path)),
  indexName: (value, path) => assertIndexName(asString(value, path)),
  principalName: (value, path) => assertPrincipalName(asString(value, path)),
  stored: checkStored,
  storedList(value, path, options) {
    for (const [i, text] of asBatch(value, path).entries()) checkStored(text, `${path}[${i}]`, options);
  },
  boolean: (value, path) => void asBoolean(value, path),
  count: (value, path) => void asCount(value, path),
  image: (value, path) => asOneOf(value, ['before', 'after'], path),
  imageBefore: (value, path) => asOneOf(value, ['before'], path),
  options: checkOptions,
  index: checkIndex,
  principal: checkPrincipal,
  operations(value, path, options) {
    for (const [i, item] of asBatch(value, path).entries())
      checkOperation(item, `${path}[${i}]`, DOCUMENT_OPERATION_TYPES, options);
  },
  reads(value, path, options) {
    for (const [i, item] of asBatch(value, path, 0).entries()) {
      checkFields(asFields(item, `${path}[${i}]`), READ_FIELD_LIST, `${path}[${i}]`, [], options);
    }
  },
};

function checkStored(value: unknown, path: string, options: ValidateOptions): void {
  const text = asString(value, path);
  if (options.texts === 'checked' && toStored(parseValue(text)) !== text) {
    throw invalid(path, 'must be in stored form; make it with toStored');
  }
}

function checkOptions(value: unknown, path: string): void {
  const { schema, ...rest } = asFields(value, path);
  refuseUnknown(rest, ['schema'], path);
  if (schema !== undefined && schema !== null) asString(schema, `${path}.schema`);
}

function checkIndex(value: unknown, path: string, options: ValidateOptions): void {
  const index = asFields(value, path);
  refuseUnknown(index, ['name', 'keys', ...Object.keys(INDEX_OPTIONS)], path);
  assertIndexName(asString(index.name, `${path}.name`));
  const keys = asArray(index.keys, `${path}.keys`);
  if (keys.length === 0) throw invalid(`${path}.keys`, 'must name at least one path');
  for (const [i, key] of keys.entries()) checkIndexKey(key, `${path}.keys[${i}]`);
  for (const [name, form] of Object.entries(INDEX_OPTIONS)) {
    if (index[name] !== undefined) INDEX_OPTION_CHECKS[form](index[name], `${path}.${name}`, options);
  }
}

function checkIndexKey(value: unknown, path: string): void {
  const key = asArray(value, path);
  if (key.length !== 2 || !INDEX_KEYS.some((known) => known === key[1])) {
    throw invalid(path, `must be a path with one of ${INDEX_KEYS.join(', ')}`);
  }
  asString(key[0], path);
}

const INDEX_OPTION_CHECKS: Readonly<Record<IndexOptionForm, Check>> = {
  boolean: (value, path) => void asBoolean(value, path),
  document: checkStored,
  count: (value, path) => void asCount(value, path),
  text: (value, path) => void asString(value, path),
  similarity: (value, path) => asOneOf(value, SIMILARITIES, path),
  weights(value, path) {
    for (const [field, weight] of Object.entries(asFields(value, path))) {
      if (!field.isWellFormed()) throw invalid(path, 'holds half of a surrogate pair');
      if (asCount(weight, `${path}.${field}`) === 0) throw invalid(`${path}.${field}`, 'must be 1 or more');
    }
  },
};

function checkPrincipal(value: unknown, path: string): void {
  const principal = asFields(value, path);
  refuseUnknown(principal, ['name', 'kind', 'secret', 'grants', 'expiresAt'], path);
  assertPrincipalName(asString(principal.name, `${path}.name`));
  asOneOf(principal.kind, ['user', 'token'], `${path}.kind`);
  asString(principal.secret, `${path}.secret`);
  for (const [collection, role] of Object.entries(asFields(principal.grants, `${path}.grants`))) {
    if (collection !== '*') assertCollectionName(collection);
    asOneOf(role, ['reader', 'writer', 'owner', 'admin'], `${path}.grants.${collection}`);
  }
  if (principal.expiresAt !== undefined) asCount(principal.expiresAt, `${path}.expiresAt`);
}

function invalid(path: string, what: string): AerolithError {
  return new AerolithError('invalid_command', `Command: ${path} ${what}.`, { path });
}

function didYouMean(word: string, candidates: readonly string[]): string {
  const nearest = suggestNearest(word, candidates);
  return nearest === undefined ? `; known are ${candidates.join(', ')}` : `; did you mean "${nearest}"?`;
}

function refuseUnknown(source: Fields, known: readonly string[], path: string): void {
  for (const name of Object.keys(source)) {
    if (known.includes(name)) continue;
    const nearest = suggestNearest(name, known);
    const hint = nearest === undefined ? `known are ${known.join(', ')}` : `did you mean "${nearest}"?`;
    throw new AerolithError('invalid_command', `Command: ${path} has no field "${name}"; ${hint}`, {
      path,
      field: name,
      nearest,
    });
  }
}

function asFields(value: unknown, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw invalid(path, 'must be an object');
}

function asArray(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(path, 'must be an array');
}

function asBatch(value: unknown, path: string, least = 1): readonly unknown[] {
  const items = asArray(value, path);
  if (items.length < least) throw invalid(path, 'must not be empty');
  if (items.length <= LIMITS.batchDocuments) return items;
  const counts = { count: items.length, limit: LIMITS.batchDocuments };
  throw new AerolithError(
    'batch_too_large',
    `${path} holds ${counts.count} items; send at most ${counts.limit} at a time.`,
    counts,
  );
}

function asString(value: unknown, path: string): string {
  if (typeof value !== 'string') throw invalid(path, 'must be a string');
  if (!value.isWellFormed()) throw invalid(path, 'holds half of a surrogate pair');
  return value;
}

function asBoolean(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value;
  throw invalid(path, 'must be true or false');
}

function asCount(value: unknown, path: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)) return value;
  throw invalid(path, 'must be a whole number, not negative');
}

function asOneOf(value: unknown, allowed: readonly string[], path: string): void {
  const text = asString(value, path);
  if (!allowed.includes(text)) throw invalid(path, `cannot be "${text}"${didYouMean(text, allowed)}`);
}
